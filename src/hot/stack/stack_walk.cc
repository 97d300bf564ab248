#include "hot/stack/stack_walk.h"

#include "hot/os/os.h"
#include "hot/stack/frame_rule.h"
#include "hot/stack/rule_cache.h"

namespace headroom::hot {

namespace {

constinit RuleCache rule_cache{};

FrameRule ReadAndKeepRule(uintptr_t pc) {
  const FrameRule rule = ReadFrameRule(pc);
  if (rule_cache.attached()) rule_cache.Put(pc, rule.Pack());
  return rule;
}

inline FrameRule RuleFor(uintptr_t pc) {
  uint64_t word;
  if (rule_cache.attached() && rule_cache.Find(pc, &word)) [[likely]] return FrameRule::Unpack(word);
  return ReadAndKeepRule(pc);
}

// A larger frame begins the window anew, at the price of a system call a page for each walk that meets it.
constexpr uintptr_t kLargestFrameBytes = 16 * kPageBytes;

// The window with the page of `address` in it: widened where the two adjoin, or where all between them can be read, as under a frame
// larger than a page. Else begun anew there, because the walk has come to another stack (a signal's, a fiber's). Empty when the page
// cannot be read.
__attribute__((noinline)) ReadableStack Widen(ReadableStack window, uintptr_t address) {
  const uintptr_t page = address & ~(kPageBytes - 1);
  if (!IsReadable(page)) return {};
  if (page + kPageBytes == window.low) return {page, window.high};
  if (page - window.high < kLargestFrameBytes) {
    while (window.high < page && IsReadable(window.high)) window.high += kPageBytes;
    if (window.high == page) return {window.low, page + kPageBytes};
  }
  return {page, page + kPageBytes};
}

// One walk: registers and window in locals, because the frames it stores could be anywhere.
class Walk {
 public:
  Walk(WalkPoint from, ReadableStack window) : pc_(from.pc), sp_(from.sp), bp_(from.bp), window_(window) {}

  uintptr_t pc() const { return pc_; }
  ReadableStack window() const { return window_; }
  bool interrupted() const { return interrupted_; }

  // To the caller; false when the stack cannot be followed.
  inline bool Step(FrameRule rule) {
    switch (rule.kind) {
      case CfaKind::kFromSp: return StepTo(sp_ + rule.cfa_offset, rule);
      case CfaKind::kFromBp: return StepTo(bp_ + rule.cfa_offset, rule);
      case CfaKind::kIndirectBp: return StepIndirectly(rule);
      case CfaKind::kSignalFrame: return StepOverSignal();
      default: return StepByFramePointer();
    }
  }

 private:
  bool Read(uintptr_t address, uintptr_t* word) {
    if (address % sizeof(uintptr_t) != 0) return false;
    if (address < window_.low || address >= window_.high) {
      const ReadableStack wider = Widen(window_, address);
      if (wider.high == 0) return false;
      window_ = wider;
    }
    *word = *reinterpret_cast<const uintptr_t*>(address);
    return true;
  }

  // A stack shrinks toward its outer end: a CFA that is not above sp would loop. When the whole frame lies in the window, as
  // nearly always, its words are read without asking further.
  inline bool StepTo(uintptr_t cfa, FrameRule rule) {
    if (cfa <= sp_ || cfa % sizeof(uintptr_t) != 0) [[unlikely]] return false;
    const uintptr_t bp_place = cfa + rule.bp_offset;
    if (sp_ >= window_.low && cfa <= window_.high && bp_place >= sp_) [[likely]] {
      pc_ = *reinterpret_cast<const uintptr_t*>(cfa - 8);
      if (rule.bp_saved) bp_ = *reinterpret_cast<const uintptr_t*>(bp_place);
    } else if (!Read(cfa - 8, &pc_) || (rule.bp_saved && !Read(bp_place, &bp_))) {
      return false;
    }
    sp_ = cfa;
    interrupted_ = false;
    return true;
  }

  bool StepIndirectly(FrameRule rule) {
    uintptr_t cfa = 0, caller_bp = bp_;
    if (!Read(bp_ + rule.cfa_offset, &cfa) || (rule.bp_saved && !Read(bp_ + rule.bp_offset, &caller_bp))) return false;
    if (!StepTo(cfa, {CfaKind::kFromSp, false, 0, 0})) return false;
    bp_ = caller_bp;
    return true;
  }

  // Places of the interrupted registers in the frame that the kernel pushed for a signal: sp points to the ucontext (struct
  // rt_sigframe after its return address was popped).
  bool StepOverSignal() {
    constexpr uintptr_t kRegisters = 40, kBpIndex = 10, kSpIndex = 15, kPcIndex = 16;
    const uintptr_t registers = sp_ + kRegisters;
    interrupted_ = true;
    return Read(registers + 8 * kPcIndex, &pc_) && Read(registers + 8 * kBpIndex, &bp_) &&
           Read(registers + 8 * kSpIndex, &sp_);
  }

  // Code without tables (just-in-time compiled, hand-written): most of it keeps the frame pointer chain, so follow that
  // while it climbs by plausible steps.
  bool StepByFramePointer() {
    constexpr uintptr_t kMaxFrameBytes = 64 * 1024;
    const uintptr_t frame = bp_;
    if (frame < sp_ || frame - sp_ > kMaxFrameBytes) return false;
    if (!Read(frame + 8, &pc_) || !Read(frame, &bp_)) return false;
    sp_ = frame + 16;
    interrupted_ = false;
    return true;
  }

  uintptr_t pc_;
  uintptr_t sp_;
  uintptr_t bp_;
  ReadableStack window_;
  bool interrupted_ = false;  // pc is an instruction that was interrupted, not one after a call
};

}  // namespace

size_t RuleCacheBytes() { return RuleCache::kBytes; }
void AttachRuleCache(void* memory) { rule_cache.Attach(memory); }
void ForgetCachedSteps() { rule_cache.Forget(); }
bool CanStepFrom(uintptr_t pc) { return ReadFrameRule(pc).kind != CfaKind::kUnknown; }

WalkEnd WalkStack(WalkPoint from, ReadableStack* readable, uintptr_t* frames, uint32_t max_frames, uint32_t* depth) {
  Walk walk(from, *readable);
  WalkEnd end = WalkEnd::kFull;
  uint32_t count = 0;
  while (count < max_frames) {
    frames[count++] = walk.pc();
    const FrameRule rule = RuleFor(walk.pc() - !walk.interrupted());
    if (rule.kind == CfaKind::kOutermost) {
      end = WalkEnd::kComplete;
      break;
    }
    if (!walk.Step(rule)) {
      end = rule.kind == CfaKind::kUnknown ? WalkEnd::kUnknownCode : WalkEnd::kBadStack;
      break;
    }
    if (walk.pc() == 0) {  // threads and fibers start from a frame that returns to 0
      end = WalkEnd::kComplete;
      break;
    }
  }
  *depth = count;
  *readable = walk.window();
  return end;
}

}  // namespace headroom::hot
