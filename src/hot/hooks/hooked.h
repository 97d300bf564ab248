// Our own hooks under names that nobody can take the place of: a call by the public name from inside this library might
// reach another library's function, or the agent's private heap.
#ifndef HEADROOM_HOT_HOOKS_HOOKED_H_
#define HEADROOM_HOT_HOOKS_HOOKED_H_

#include <cstddef>

#include "hot/os/visibility.h"

extern "C" {
HEADROOM_HIDDEN void* headroom_hooked_malloc(size_t size);
HEADROOM_HIDDEN void* headroom_hooked_aligned_alloc(size_t alignment, size_t size);
HEADROOM_HIDDEN void headroom_hooked_free(void* block);

// What the program's code reaches by the public names; ours or not is for the linker and the loader to say.
HEADROOM_HIDDEN extern void* (*const headroom_public_malloc)(size_t size);
HEADROOM_HIDDEN extern void (*const headroom_public_free)(void* block);
}

#endif  // HEADROOM_HOT_HOOKS_HOOKED_H_
