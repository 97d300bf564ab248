#include "hot/stack/frame_rule.h"

#include "hot/stack/frame_description.h"

namespace headroom::hot {

namespace {

constexpr uint64_t kBp = 6, kSp = 7, kReturnAddress = 16;  // DWARF numbers of the registers (psABI, figure 3.36)

// The columns of the unwind table that a step needs.
struct Row {
  CfaKind cfa = CfaKind::kUnknown;
  int64_t cfa_offset = 0;
  bool bp_saved = false;
  bool bp_lost = false;   // saved in a way we do not follow
  bool bp_at_bp = false;  // saved where bp points to: see SetExpression
  int64_t bp_offset = 0;
  bool return_undefined = false;
  bool return_elsewhere = false;  // not in the word below the CFA

  void SetCfa(uint64_t reg, int64_t offset) {
    cfa = reg == kSp ? CfaKind::kFromSp : reg == kBp ? CfaKind::kFromBp : CfaKind::kUnknown;
    cfa_offset = offset;
  }
  void SetSaved(uint64_t reg, int64_t offset) {
    if (reg == kBp) {
      bp_saved = true;
      bp_lost = bp_at_bp = false;
      bp_offset = offset;
    } else if (reg == kReturnAddress) {
      return_elsewhere = offset != -8;
      return_undefined = false;
    }
  }
  void SetUnchanged(uint64_t reg) {
    if (reg == kBp) bp_saved = bp_lost = bp_at_bp = false;
  }
  void SetUnfollowed(uint64_t reg) {
    if (reg == kBp) bp_lost = true;
    if (reg == kReturnAddress) return_elsewhere = true;
  }
  // A function that realigns its stack keeps the address of its arguments at a fixed place below bp:
  // DW_OP_breg6 offset, DW_OP_deref.
  void SetCfaExpression(DwarfCursor expression) {
    constexpr uint8_t kBreg6 = 0x76, kDeref = 0x06;
    cfa = CfaKind::kUnknown;
    if (expression.Read<uint8_t>() != kBreg6) return;
    cfa_offset = expression.ReadSleb();
    if (expression.Read<uint8_t>() == kDeref && expression.done()) cfa = CfaKind::kIndirectBp;
  }
};

class RowReader {
 public:
  explicit RowReader(const FrameDescription& description) : description_(description) {}

  bool Read(uintptr_t pc, Row* row) {
    location_ = description_.code_start;
    if (!Run(description_.common_program, ~uintptr_t{0}, row)) return false;
    entry_row_ = *row;
    location_ = description_.code_start;
    return Run(description_.program, pc, row);
  }

 private:
  // Runs `program` up to the row that holds for `pc`.
  bool Run(DwarfCursor program, uintptr_t pc, Row* row) {
    while (!program.done()) {
      const uint8_t byte = program.Read<uint8_t>();
      const uint8_t operand = byte & 0x3F;
      bool known = true;
      switch (byte >> 6) {
        case 1: location_ += operand * description_.code_align; break;
        case 2: row->SetSaved(operand, Scaled(program.ReadUleb())); break;
        case 3: Restore(operand, row); break;
        default: known = RunExtended(operand, &program, row);
      }
      if (!known) return false;
      if (location_ > pc) return true;
    }
    return program.ok();
  }

  bool RunExtended(uint8_t opcode, DwarfCursor* program, Row* row) {
    uint64_t reg;
    switch (opcode) {
      case 0x00: return true;                                                                       // nop
      case 0x01: location_ = program->ReadEncoded(description_.pointer_form, 0); return true;       // set_loc
      case 0x02: location_ += program->Read<uint8_t>() * description_.code_align; return true;      // advance_loc1
      case 0x03: location_ += program->Read<uint16_t>() * description_.code_align; return true;     // advance_loc2
      case 0x04: location_ += program->Read<uint32_t>() * description_.code_align; return true;     // advance_loc4
      case 0x05: reg = program->ReadUleb(); row->SetSaved(reg, Scaled(program->ReadUleb())); return true;
      case 0x06: Restore(program->ReadUleb(), row); return true;
      case 0x07: reg = program->ReadUleb(); Undefine(reg, row); return true;
      case 0x08: row->SetUnchanged(program->ReadUleb()); return true;
      case 0x09: reg = program->ReadUleb(); program->ReadUleb(); row->SetUnfollowed(reg); return true;  // register
      case 0x0A: return Remember(*row);
      case 0x0B: return Recall(row);
      case 0x0C: reg = program->ReadUleb(); row->SetCfa(reg, static_cast<int64_t>(program->ReadUleb())); return true;
      case 0x0D: row->SetCfa(program->ReadUleb(), row->cfa_offset); return true;                    // def_cfa_register
      case 0x0E: row->cfa_offset = static_cast<int64_t>(program->ReadUleb()); return true;          // def_cfa_offset
      case 0x0F: row->SetCfaExpression(Block(program)); return true;
      case 0x10: reg = program->ReadUleb(); SetExpression(reg, Block(program), row); return true;
      case 0x11: reg = program->ReadUleb(); row->SetSaved(reg, program->ReadSleb() * description_.data_align); return true;
      case 0x12: reg = program->ReadUleb(); row->SetCfa(reg, program->ReadSleb() * description_.data_align); return true;
      case 0x13: row->cfa_offset = program->ReadSleb() * description_.data_align; return true;
      case 0x16: reg = program->ReadUleb(); Block(program); row->SetUnfollowed(reg); return true;   // val_expression
      case 0x2E: program->ReadUleb(); return true;                                                  // GNU_args_size
      default: return false;
    }
  }

  int64_t Scaled(uint64_t factor) const { return static_cast<int64_t>(factor) * description_.data_align; }

  static DwarfCursor Block(DwarfCursor* program) {
    const uint64_t length = program->ReadUleb();
    const uintptr_t start = program->position();
    program->Skip(length);
    return {start, program->position()};
  }

  // A function that realigns its stack saves its caller's bp in the word that its own bp points to: DW_OP_breg6 0.
  static void SetExpression(uint64_t reg, DwarfCursor expression, Row* row) {
    constexpr uint8_t kBreg6 = 0x76;
    const bool at_bp = expression.Read<uint8_t>() == kBreg6 && expression.ReadSleb() == 0 && expression.done();
    if (reg == kBp && at_bp) {
      row->bp_saved = row->bp_at_bp = true;
      row->bp_lost = false;
      row->bp_offset = 0;
    } else {
      row->SetUnfollowed(reg);
    }
  }

  void Undefine(uint64_t reg, Row* row) {
    if (reg == kReturnAddress) row->return_undefined = true;
    if (reg == kBp) row->bp_lost = true;
  }

  void Restore(uint64_t reg, Row* row) {
    if (reg != kBp) return;
    row->bp_saved = entry_row_.bp_saved;
    row->bp_lost = entry_row_.bp_lost;
    row->bp_at_bp = entry_row_.bp_at_bp;
    row->bp_offset = entry_row_.bp_offset;
  }

  bool Remember(const Row& row) {
    if (remembered_ == kMaxRemembered) return false;
    stack_[remembered_++] = row;
    return true;
  }

  bool Recall(Row* row) {
    if (remembered_ == 0) return false;
    *row = stack_[--remembered_];
    return true;
  }

  static constexpr int kMaxRemembered = 8;
  const FrameDescription& description_;
  uintptr_t location_ = 0;
  Row entry_row_;
  Row stack_[kMaxRemembered];
  int remembered_ = 0;
};

// Whether a FrameRule can say it: its word has room, and bp is saved relative to bp just where the CFA is found through bp.
bool Fits(const Row& row) {
  if (row.bp_saved && row.bp_at_bp != (row.cfa == CfaKind::kIndirectBp)) return false;
  if (row.bp_saved && !row.bp_at_bp && row.bp_offset > -16) return false;
  if (row.bp_offset % 8 != 0) return false;
  return row.bp_offset >= INT16_MIN && row.bp_offset <= INT16_MAX && row.cfa_offset >= INT32_MIN &&
         row.cfa_offset <= INT32_MAX;
}

}  // namespace

FrameRule ReadFrameRule(uintptr_t pc) {
  FrameDescription description;
  Row row;
  if (!FindFrameDescription(pc, &description)) return {};
  if (description.is_signal_frame) return {CfaKind::kSignalFrame, false, 0, 0};
  if (!RowReader(description).Read(pc, &row) || !Fits(row)) return {};
  if (row.return_undefined) return {CfaKind::kOutermost, false, 0, 0};
  if (row.return_elsewhere || row.bp_lost || row.cfa == CfaKind::kUnknown) return {};
  return {row.cfa, row.bp_saved, static_cast<int16_t>(row.bp_offset), static_cast<int32_t>(row.cfa_offset)};
}

}  // namespace headroom::hot
