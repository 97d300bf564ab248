#ifndef HEADROOM_FORMATS_WITHOUT_ALLOCATOR_H_
#define HEADROOM_FORMATS_WITHOUT_ALLOCATOR_H_

#include "formats/dump.h"

namespace headroom {

// Lets every stack begin where memory was asked for, without the allocator's own frames (symbols/allocator_frames.h). A
// stack of nothing else stays. Sites whose stacks and labels are equal then are one: some formats have a line a sample.
void DropAllocatorFrames(Dump* dump);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_WITHOUT_ALLOCATOR_H_
