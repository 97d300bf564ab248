// One function's entry in .eh_frame: where it applies and the programs that describe its frame.
#ifndef HEADROOM_HOT_STACK_FRAME_DESCRIPTION_H_
#define HEADROOM_HOT_STACK_FRAME_DESCRIPTION_H_

#include <cstdint>

#include "hot/stack/dwarf_cursor.h"

namespace headroom::hot {

struct FrameDescription {
  uintptr_t code_start = 0;
  uintptr_t code_end = 0;
  uint64_t code_align = 1;
  int64_t data_align = -8;
  uint8_t pointer_form = 0;
  bool is_signal_frame = false;
  DwarfCursor common_program{0, 0};  // of the CIE: the state at function entry
  DwarfCursor program{0, 0};         // of the FDE
};

// Finds the description that covers `pc` through the object's binary search table; false when there is none.
bool FindFrameDescription(uintptr_t pc, FrameDescription* description);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_STACK_FRAME_DESCRIPTION_H_
