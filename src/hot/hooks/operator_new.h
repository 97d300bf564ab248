// operator new and delete, in front of whichever the program has.
//
// libstdc++'s own operator new calls malloc, which is ours: counting there too would count twice, so then each operator only
// jumps on. jemalloc, tcmalloc and mimalloc bring operators that go straight into the allocator: those are counted here.
#ifndef HEADROOM_HOT_HOOKS_OPERATOR_NEW_H_
#define HEADROOM_HOT_HOOKS_OPERATOR_NEW_H_

namespace headroom::hot {

// Finds the next operators and settles for each of the twenty forms whether it counts. Idempotent; like
// ResolveNextAllocator only before the program runs.
void ResolveNextOperators();

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_HOOKS_OPERATOR_NEW_H_
