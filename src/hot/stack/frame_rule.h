// How to step from one frame to its caller, packed into a word: what remains of a function's call frame information at one
// return address. The return address is always the word below the canonical frame address (CFA): the x86-64 ABI has no other.
#ifndef HEADROOM_HOT_STACK_FRAME_RULE_H_
#define HEADROOM_HOT_STACK_FRAME_RULE_H_

#include <cstdint>

namespace headroom::hot {

enum class CfaKind : uint8_t {
  kFromSp,       // CFA = sp + offset
  kFromBp,       // CFA = bp + offset
  kIndirectBp,   // CFA = *(bp + offset): functions that realign their stack
  kSignalFrame,  // the kernel's frame: registers are in the ucontext at sp
  kOutermost,    // the return address is undefined here: the end of the stack
  kUnknown,      // no table covers this address, or it says something no compiler says
};

struct FrameRule {
  CfaKind kind = CfaKind::kUnknown;
  bool bp_saved = false;   // the caller's bp is at CFA + bp_offset (kIndirectBp: at bp + bp_offset); else it is unchanged
  int16_t bp_offset = 0;   // bytes, a multiple of eight; below CFA - 8 unless kIndirectBp
  int32_t cfa_offset = 0;  // bytes

  uint64_t Pack() const {
    return uint64_t{static_cast<uint8_t>(kind)} | (uint64_t{bp_saved} << 8) |
           (uint64_t{static_cast<uint16_t>(bp_offset)} << 16) | (uint64_t{static_cast<uint32_t>(cfa_offset)} << 32);
  }
  static FrameRule Unpack(uint64_t word) {
    return {static_cast<CfaKind>(word & 0xFF), ((word >> 8) & 1) != 0, static_cast<int16_t>(word >> 16),
            static_cast<int32_t>(word >> 32)};
  }
};

// Reads the rule for the instruction at `pc` (of a call: the byte before the return address) from the tables of the object
// that holds it. Lock-free, allocates nothing.
FrameRule ReadFrameRule(uintptr_t pc);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_STACK_FRAME_RULE_H_
