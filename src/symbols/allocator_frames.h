#ifndef HEADROOM_SYMBOLS_ALLOCATOR_FRAMES_H_
#define HEADROOM_SYMBOLS_ALLOCATOR_FRAMES_H_

#include <vector>

#include "series/frame.h"

namespace headroom {

// Drops the frames at the innermost end that belong to the allocation itself: the agent, an allocator library, or an
// entry point such as malloc or operator new. The library code that asked for the memory (std::allocator, strdup)
// stays: it is evidence.
void DropAllocatorFrames(std::vector<Frame>* frames);

// Whether the frame is one of those that are dropped.
bool IsAllocatorFrame(const Frame& frame);

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_ALLOCATOR_FRAMES_H_
