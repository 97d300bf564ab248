#ifndef HEADROOM_AGENT_HOOK_CHECK_H_
#define HEADROOM_AGENT_HOOK_CHECK_H_

namespace headroom {

// Whether the malloc that the program's code reaches is ours: allocates one block by the public name and looks whether our hook
// saw it. False where the program itself defines malloc (linked statically with jemalloc, tcmalloc, a sanitizer), which goes before
// every library.
bool HooksAreInFront();

}  // namespace headroom

#endif  // HEADROOM_AGENT_HOOK_CHECK_H_
