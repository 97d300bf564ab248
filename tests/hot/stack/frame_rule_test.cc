#include "hot/stack/frame_rule.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <ostream>

// Places in code whose call frame information is written by hand, the odd ones byte by byte (.cfi_escape). None is ever run.
asm(R"(
  .pushsection .text
  .macro headroom_probe name
  .globl rule_\name
  .hidden rule_\name
rule_\name:
  nop
  .endm

  .cfi_startproc
  headroom_probe entry
  .cfi_def_cfa_offset 16
  .cfi_offset 6, -16
  headroom_probe after_push
  .cfi_def_cfa_register 6
  headroom_probe after_mov
  .cfi_remember_state
  .cfi_def_cfa 7, 8
  .cfi_restore 6
  headroom_probe after_leave
  .cfi_restore_state
  headroom_probe after_jump
  .skip 100, 0x90
  .cfi_def_cfa_offset 32
  headroom_probe after_100_bytes
  .skip 1000, 0x90
  .cfi_def_cfa_offset 48
  headroom_probe after_1000_bytes
  .skip 70000, 0x90
  .cfi_def_cfa_offset 64
  headroom_probe after_70000_bytes
  .cfi_endproc
  headroom_probe behind_a_function
  .skip 64, 0x90

  .cfi_startproc
  .cfi_escape 0x12, 7, 0x7e
  headroom_probe cfa_signed_factored
  .cfi_escape 0x13, 0x7d
  headroom_probe offset_signed_factored
  .cfi_escape 0x11, 6, 0x03
  headroom_probe bp_signed_factored
  .cfi_escape 0x05, 6, 2
  headroom_probe bp_extended
  .cfi_escape 0x06, 6
  headroom_probe bp_restored_extended
  .cfi_offset 6, -16
  .cfi_same_value 6
  headroom_probe bp_same_value
  .cfi_offset 3, -24
  .cfi_register 12, 13
  .cfi_undefined 14
  .cfi_escape 0x10, 3, 2, 0x77, 8
  .cfi_escape 0x16, 15, 2, 0x77, 8
  .cfi_escape 0x2e, 0x10
  .cfi_escape 0x00
  headroom_probe other_registers
  .cfi_endproc

  .cfi_startproc
  .cfi_escape 0x10, 6, 2, 0x76, 0
  .cfi_escape 0x0f, 3, 0x76, 0x78, 6
  headroom_probe realigned
  .cfi_endproc
  .cfi_startproc
  .cfi_offset 6, -16
  .cfi_escape 0x0f, 3, 0x76, 0x78, 6
  headroom_probe realigned_but_bp_elsewhere
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x10, 6, 2, 0x76, 0
  headroom_probe bp_at_bp_without_realignment
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x0f, 2, 0x77, 8
  headroom_probe cfa_expression_of_sp
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x0f, 4, 0x76, 0x78, 6, 6
  headroom_probe cfa_expression_too_long
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x0f, 0
  headroom_probe cfa_expression_empty
  .cfi_endproc
  .cfi_startproc
  .cfi_def_cfa 3, 16
  headroom_probe cfa_from_rbx
  .cfi_endproc

  .cfi_startproc
  .cfi_undefined 16
  headroom_probe return_undefined
  .cfi_endproc
  .cfi_startproc
  .cfi_register 16, 2
  headroom_probe return_in_register
  .cfi_endproc
  .cfi_startproc
  .cfi_offset 16, -16
  headroom_probe return_elsewhere
  .cfi_endproc
  .cfi_startproc
  .cfi_undefined 6
  headroom_probe bp_undefined
  .cfi_endproc
  .cfi_startproc
  .cfi_register 6, 3
  headroom_probe bp_in_register
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x16, 6, 2, 0x77, 0
  headroom_probe bp_val_expression
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x14, 6, 2
  headroom_probe bp_val_offset
  .cfi_endproc
  .cfi_startproc
  .cfi_offset 6, -8
  headroom_probe bp_where_the_return_address_is
  .cfi_endproc

  .cfi_startproc
  .cfi_def_cfa_offset 0x7ffffff8
  .cfi_offset 6, -32768
  headroom_probe farthest
  .cfi_endproc
  .cfi_startproc
  .cfi_def_cfa_offset 0x7ffffff8
  .cfi_offset 6, -32776
  headroom_probe bp_too_far
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x0e, 0x80, 0x80, 0x80, 0x80, 0x08
  headroom_probe cfa_too_far
  .cfi_endproc

  .cfi_startproc
  .cfi_escape 0x0b
  headroom_probe recall_of_nothing
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a
  .cfi_def_cfa_offset 80
  .cfi_escape 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b
  headroom_probe remembered_eight_deep
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a
  headroom_probe remembered_nine_deep
  .cfi_endproc
  .cfi_startproc
  headroom_probe before_the_foreign
  .cfi_escape 0x2d
  headroom_probe foreign_instruction
  .cfi_endproc

  .cfi_startproc
  .cfi_signal_frame
  .cfi_def_cfa 7, 160
  nop
  headroom_probe signal_frame
  .cfi_endproc
  .purgem headroom_probe
  .popsection
)");

#define HEADROOM_PLACES(V)                                                                                                 \
  V(entry) V(after_push) V(after_mov) V(after_leave) V(after_jump) V(after_100_bytes) V(after_1000_bytes)                  \
  V(after_70000_bytes) V(behind_a_function) V(cfa_signed_factored) V(offset_signed_factored) V(bp_signed_factored)         \
  V(bp_extended) V(bp_restored_extended) V(bp_same_value) V(other_registers) V(realigned) V(realigned_but_bp_elsewhere)    \
  V(bp_at_bp_without_realignment) V(cfa_expression_of_sp) V(cfa_expression_too_long) V(cfa_expression_empty)               \
  V(cfa_from_rbx) V(return_undefined) V(return_in_register) V(return_elsewhere) V(bp_undefined) V(bp_in_register)          \
  V(bp_val_expression) V(bp_val_offset) V(bp_where_the_return_address_is) V(farthest) V(bp_too_far) V(cfa_too_far)         \
  V(recall_of_nothing) V(remembered_eight_deep) V(remembered_nine_deep) V(before_the_foreign) V(foreign_instruction)       \
  V(signal_frame)
#define HEADROOM_DECLARE_PLACE(name) extern "C" const char rule_##name[];
HEADROOM_PLACES(HEADROOM_DECLARE_PLACE)

namespace headroom::hot {

// Where bp was not saved, the place does not matter.
bool operator==(const FrameRule& a, const FrameRule& b) {
  return a.kind == b.kind && a.cfa_offset == b.cfa_offset && a.bp_saved == b.bp_saved &&
         (!a.bp_saved || a.bp_offset == b.bp_offset);
}
std::ostream& operator<<(std::ostream& out, const FrameRule& rule) {
  return out << "kind " << static_cast<int>(rule.kind) << ", cfa " << rule.cfa_offset << ", bp "
             << (rule.bp_saved ? "saved at " : "kept ") << rule.bp_offset;
}

namespace {

constexpr FrameRule kNoRule{CfaKind::kUnknown, false, 0, 0};

FrameRule RuleAt(const char* place) { return ReadFrameRule(reinterpret_cast<uintptr_t>(place)); }

FrameRule RuleBefore(const char* place) { return ReadFrameRule(reinterpret_cast<uintptr_t>(place) - 1); }

FrameRule FromSp(int32_t offset) { return {CfaKind::kFromSp, false, 0, offset}; }
FrameRule FromSp(int32_t offset, int16_t bp_offset) { return {CfaKind::kFromSp, true, bp_offset, offset}; }
FrameRule FromBp(int32_t offset) { return {CfaKind::kFromBp, true, -16, offset}; }

TEST(FrameRule, FollowsAFunctionThroughItsPrologueAndEpilogue) {
  EXPECT_EQ(RuleAt(rule_entry), FromSp(8));
  EXPECT_EQ(RuleAt(rule_after_push), FromSp(16, -16));
  EXPECT_EQ(RuleAt(rule_after_mov), FromBp(16));
  EXPECT_EQ(RuleAt(rule_after_leave), FromSp(8));
  EXPECT_EQ(RuleAt(rule_after_jump), FromBp(16)) << "the state was remembered before the epilogue in the middle";
}

TEST(FrameRule, AdvancesOfEverySizeAreCounted) {
  EXPECT_EQ(RuleBefore(rule_after_100_bytes), FromBp(16));
  EXPECT_EQ(RuleAt(rule_after_100_bytes), FromBp(32));
  EXPECT_EQ(RuleBefore(rule_after_1000_bytes), FromBp(32));
  EXPECT_EQ(RuleAt(rule_after_1000_bytes), FromBp(48));
  EXPECT_EQ(RuleBefore(rule_after_70000_bytes), FromBp(48));
  EXPECT_EQ(RuleAt(rule_after_70000_bytes), FromBp(64));
}

TEST(FrameRule, EveryEncodingOfAnOffsetIsRead) {
  EXPECT_EQ(RuleAt(rule_cfa_signed_factored), FromSp(16));
  EXPECT_EQ(RuleAt(rule_offset_signed_factored), FromSp(24));
  EXPECT_EQ(RuleAt(rule_bp_signed_factored), FromSp(24, -24));
  EXPECT_EQ(RuleAt(rule_bp_extended), FromSp(24, -16));
  EXPECT_EQ(RuleAt(rule_bp_restored_extended), FromSp(24));
  EXPECT_EQ(RuleAt(rule_bp_same_value), FromSp(24));
}

TEST(FrameRule, WhatIsSaidOfOtherRegistersDoesNotMatter) { EXPECT_EQ(RuleAt(rule_other_registers), FromSp(24)); }

TEST(FrameRule, FunctionThatRealignsItsStackIsFollowedThroughBp) {
  EXPECT_EQ(RuleAt(rule_realigned), (FrameRule{CfaKind::kIndirectBp, true, 0, -8}));
}

TEST(FrameRule, MixturesOfRealignmentAndOrdinaryFramesAreUnknown) {
  EXPECT_EQ(RuleAt(rule_realigned_but_bp_elsewhere), kNoRule);
  EXPECT_EQ(RuleAt(rule_bp_at_bp_without_realignment), kNoRule);
}

TEST(FrameRule, OtherCfasAreUnknown) {
  EXPECT_EQ(RuleAt(rule_cfa_expression_of_sp), kNoRule) << "as in procedure linkage tables";
  EXPECT_EQ(RuleAt(rule_cfa_expression_too_long), kNoRule);
  EXPECT_EQ(RuleAt(rule_cfa_expression_empty), kNoRule);
  EXPECT_EQ(RuleAt(rule_cfa_from_rbx), kNoRule);
}

TEST(FrameRule, UndefinedReturnAddressIsTheOutermostFrame) {
  EXPECT_EQ(RuleAt(rule_return_undefined).kind, CfaKind::kOutermost);
}

TEST(FrameRule, ReturnAddressInAnotherPlaceIsUnknown) {
  EXPECT_EQ(RuleAt(rule_return_in_register), kNoRule);
  EXPECT_EQ(RuleAt(rule_return_elsewhere), kNoRule);
}

TEST(FrameRule, BpThatCannotBeRestoredIsUnknown) {
  EXPECT_EQ(RuleAt(rule_bp_undefined), kNoRule);
  EXPECT_EQ(RuleAt(rule_bp_in_register), kNoRule);
  EXPECT_EQ(RuleAt(rule_bp_val_expression), kNoRule);
  EXPECT_EQ(RuleAt(rule_bp_val_offset), kNoRule);
  EXPECT_EQ(RuleAt(rule_bp_where_the_return_address_is), kNoRule);
}

TEST(FrameRule, OffsetsThatDoNotFitTheWordAreUnknown) {
  EXPECT_EQ(RuleAt(rule_farthest), FromSp(0x7FFFFFF8, -32768));
  EXPECT_EQ(RuleAt(rule_bp_too_far), kNoRule);
  EXPECT_EQ(RuleAt(rule_cfa_too_far), kNoRule);
}

TEST(FrameRule, RememberedStatesNestEightDeep) {
  EXPECT_EQ(RuleAt(rule_remembered_eight_deep), FromSp(8));
  EXPECT_EQ(RuleAt(rule_remembered_nine_deep), kNoRule);
  EXPECT_EQ(RuleAt(rule_recall_of_nothing), kNoRule);
}

TEST(FrameRule, ForeignInstructionSpoilsOnlyWhatComesAfterIt) {
  EXPECT_EQ(RuleAt(rule_before_the_foreign), FromSp(8));
  EXPECT_EQ(RuleAt(rule_foreign_instruction), kNoRule);
}

TEST(FrameRule, KernelsFrameIsKnownByItsAugmentation) {
  EXPECT_EQ(RuleAt(rule_signal_frame).kind, CfaKind::kSignalFrame);
}

TEST(FrameRule, CodeWithoutTablesAndNoCodeAtAllAreUnknown) {
  const int on_stack = 0;
  const auto on_heap = std::make_unique<int>();
  EXPECT_EQ(RuleAt(rule_behind_a_function), kNoRule);
  EXPECT_EQ(ReadFrameRule(reinterpret_cast<uintptr_t>(&on_stack)), kNoRule);
  EXPECT_EQ(ReadFrameRule(reinterpret_cast<uintptr_t>(on_heap.get())), kNoRule);
  for (const uintptr_t pc : {uintptr_t{0}, uintptr_t{1}, uintptr_t{1} << 47, ~uintptr_t{0}}) {
    EXPECT_EQ(ReadFrameRule(pc), kNoRule) << pc;
  }
}

TEST(FrameRule, WordHoldsEveryRule) {
  for (const CfaKind kind : {CfaKind::kUnknown, CfaKind::kOutermost, CfaKind::kFromSp, CfaKind::kFromBp,
                             CfaKind::kIndirectBp, CfaKind::kSignalFrame}) {
    for (const int32_t cfa_offset : {INT32_MIN, -8, 0, 16, INT32_MAX}) {
      for (const int16_t bp_offset : {INT16_MIN, -16, 0, INT16_MAX}) {
        for (const bool bp_saved : {false, true}) {
          const FrameRule rule = FrameRule::Unpack(FrameRule{kind, bp_saved, bp_offset, cfa_offset}.Pack());
          EXPECT_EQ(rule.kind, kind);
          EXPECT_EQ(rule.bp_saved, bp_saved);
          EXPECT_EQ(rule.bp_offset, bp_offset);
          EXPECT_EQ(rule.cfa_offset, cfa_offset);
        }
      }
    }
  }
}

}  // namespace
}  // namespace headroom::hot
