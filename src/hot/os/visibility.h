#ifndef HEADROOM_HOT_OS_VISIBILITY_H_
#define HEADROOM_HOT_OS_VISIBILITY_H_

// On declarations of variables that the fast path reads: -fvisibility=hidden hides only definitions, and a declaration that
// may be elsewhere is reached through the global offset table, one load more for each.
#define HEADROOM_HIDDEN __attribute__((visibility("hidden")))

#endif  // HEADROOM_HOT_OS_VISIBILITY_H_
