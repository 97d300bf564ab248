// Walks from points that no compiler made: whatever the registers and the memory say, a walk ends, and reads nothing that is
// not there. (A test that fails here dies.)
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstdint>
#include <vector>

#include "hot/os/os.h"
#include "hot/stack/frame_rule.h"
#include "hot/stack/stack_walk.h"
#include "tests/hot/stack/two_traces.h"

// Return addresses with a rule of each kind.
asm(R"(
  .pushsection .text
  .globl bad_from_sp, bad_from_bp, bad_indirect, bad_signal, bad_outermost, bad_no_rule
  .hidden bad_from_sp, bad_from_bp, bad_indirect, bad_signal, bad_outermost, bad_no_rule
  .cfi_startproc
  .cfi_def_cfa_offset 64
  .cfi_offset 6, -48
  nop
bad_from_sp:
  nop
  .cfi_endproc
  .cfi_startproc
  .cfi_def_cfa 6, 16
  .cfi_offset 6, -16
  nop
bad_from_bp:
  nop
  .cfi_endproc
  .cfi_startproc
  .cfi_escape 0x10, 6, 2, 0x76, 0
  .cfi_escape 0x0f, 3, 0x76, 0x78, 6
  nop
bad_indirect:
  nop
  .cfi_endproc
  .cfi_startproc
  .cfi_signal_frame
  nop
bad_signal:
  nop
  .cfi_endproc
  .cfi_startproc
  .cfi_undefined 16
  nop
bad_outermost:
  nop
  .cfi_endproc
  .skip 16, 0x90
bad_no_rule:
  nop
  .popsection
)");
extern "C" const char bad_from_sp[], bad_from_bp[], bad_indirect[], bad_signal[], bad_outermost[], bad_no_rule[];

namespace headroom::hot {
namespace {

constexpr uint32_t kMost = 300;

struct Walked {
  WalkEnd end;
  std::vector<uintptr_t> frames;
  ReadableStack readable;
};

Walked WalkFrom(WalkPoint point, ReadableStack readable = {}) {
  uintptr_t frames[kMost];
  uint32_t depth = 0;
  const WalkEnd end = WalkStack(point, &readable, frames, kMost, &depth);
  EXPECT_GE(depth, 1u);
  EXPECT_LE(depth, kMost);
  EXPECT_EQ(frames[0], point.pc);
  return {end, {frames, frames + depth}, readable};
}

// Readable pages between two forbidden ones.
class Island {
 public:
  explicit Island(size_t pages = 1)
      : bytes_(pages * kPageBytes),
        start_(static_cast<char*>(
            mmap(nullptr, bytes_ + 2 * kPageBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    mprotect(start_ + kPageBytes, bytes_, PROT_READ | PROT_WRITE);
  }
  ~Island() { munmap(start_, bytes_ + 2 * kPageBytes); }
  uintptr_t low() const { return AddressOf(start_) + kPageBytes; }
  uintptr_t high() const { return low() + bytes_; }
  uintptr_t& word(size_t byte_offset) const { return *reinterpret_cast<uintptr_t*>(low() + byte_offset); }
  void Fill(uintptr_t content) const {
    for (size_t i = 0; i < bytes_; i += sizeof(uintptr_t)) word(i) = content;
  }

 private:
  const size_t bytes_;
  char* const start_;
};

std::vector<uintptr_t> CodeOfEveryKind() {
  return {AddressOf(bad_from_sp),    AddressOf(bad_from_bp),    AddressOf(bad_indirect), AddressOf(bad_signal),
          AddressOf(bad_outermost),  AddressOf(bad_no_rule),    0,                       1,
          uintptr_t{1} << 47,        ~uintptr_t{0}};
}

TEST(BadStack, NoMixtureOfRegistersCrashesTheWalk) {
  const Island island;
  std::vector<uintptr_t> places{0, 1, 8, 4088, 4096, 65536, uintptr_t{1} << 47, (uintptr_t{1} << 47) - 8};
  for (const uintptr_t from_top : {0, 7, 8, 16, 4096}) places.push_back(~from_top);
  for (const intptr_t edge : {-4096, -64, -16, -8, -1, 0, 1, 8, 16, 56, 64, 2048}) {
    places.push_back(island.low() + static_cast<uintptr_t>(edge));
    places.push_back(island.high() + static_cast<uintptr_t>(edge));
  }
  for (const uintptr_t content : {uintptr_t{0}, ~uintptr_t{0}, island.low() + 256, island.high() - 8, AddressOf(bad_signal)}) {
    island.Fill(content);
    for (const uintptr_t pc : CodeOfEveryKind()) {
      for (const uintptr_t sp : places) {
        for (const uintptr_t bp : places) WalkFrom({pc, sp, bp});
      }
    }
  }
}

TEST(BadStack, FrameThatReachesOutOfItsMemoryIsABadStack) {
  const Island island;
  EXPECT_EQ(WalkFrom({AddressOf(bad_from_sp), island.high() - 32, 0}).end, WalkEnd::kBadStack);
  EXPECT_EQ(WalkFrom({AddressOf(bad_from_sp), island.high() - 32, 0}, {island.low(), island.high()}).end, WalkEnd::kBadStack);
  EXPECT_EQ(WalkFrom({AddressOf(bad_signal), island.high() - 64, 0}).end, WalkEnd::kBadStack);
  EXPECT_EQ(WalkFrom({AddressOf(bad_from_bp), island.low(), island.high() + 64}).end, WalkEnd::kBadStack);
  EXPECT_EQ(WalkFrom({AddressOf(bad_indirect), island.low(), island.low()}).end, WalkEnd::kBadStack);
}

TEST(BadStack, LastFrameThatJustFitsIsRead) {
  const Island island;
  island.word(kPageBytes - 8) = AddressOf(bad_outermost);
  const Walked walked = WalkFrom({AddressOf(bad_from_sp), island.high() - 64, 0});
  EXPECT_EQ(walked.end, WalkEnd::kComplete);
  EXPECT_EQ(walked.frames, (std::vector<uintptr_t>{AddressOf(bad_from_sp), AddressOf(bad_outermost)}));
}

TEST(BadStack, OddStackPointerIsABadStack) {
  const Island island;
  for (const uintptr_t odd : {1, 2, 4, 7}) {
    EXPECT_EQ(WalkFrom({AddressOf(bad_from_sp), island.low() + odd, 0}).end, WalkEnd::kBadStack);
    EXPECT_EQ(WalkFrom({AddressOf(bad_from_bp), island.low(), island.low() + 64 + odd}).end, WalkEnd::kBadStack);
  }
}

TEST(BadStack, FrameThatDoesNotClimbIsABadStack) {
  const Island island;
  island.Fill(AddressOf(bad_from_bp));
  EXPECT_EQ(WalkFrom({AddressOf(bad_from_bp), island.low() + 512, island.low() + 496}).end, WalkEnd::kBadStack);
  EXPECT_EQ(WalkFrom({AddressOf(bad_from_bp), island.low() + 512, island.low()}).end, WalkEnd::kBadStack);
}

TEST(BadStack, SignalFrameThatLeadsToItselfEndsFull) {
  const Island island;
  constexpr size_t kRegisters = 40, kSp = kRegisters + 8 * 15, kPc = kRegisters + 8 * 16;
  island.word(kSp) = island.low();
  island.word(kPc) = AddressOf(bad_signal);
  const Walked walked = WalkFrom({AddressOf(bad_signal), island.low(), 0});
  // From then on the pc is an interrupted instruction: the signal frame's code again.
  EXPECT_EQ(walked.end, WalkEnd::kFull);
  EXPECT_EQ(walked.frames, std::vector<uintptr_t>(kMost, AddressOf(bad_signal)));
}

TEST(BadStack, ReturnAddressZeroIsTheEnd) {
  const Island island;
  const Walked walked = WalkFrom({AddressOf(bad_from_sp), island.low(), 0});
  EXPECT_EQ(walked.end, WalkEnd::kComplete);
  EXPECT_EQ(walked.frames, std::vector<uintptr_t>{AddressOf(bad_from_sp)});
}

// Four pages of frames of 64 bytes each, up to the outermost.
TEST(Window, IsWidenedPageByPageAndSpansAllThatWasRead) {
  const Island island(4);
  island.Fill(AddressOf(bad_from_sp));
  island.word(4 * kPageBytes - 8) = AddressOf(bad_outermost);
  ReadableStack window{};
  for (size_t page = 4; page-- > 0;) {
    const uintptr_t start = island.low() + page * kPageBytes;
    const Walked walked = WalkFrom({AddressOf(bad_from_sp), start, 0}, window);
    EXPECT_EQ(walked.end, WalkEnd::kComplete);
    EXPECT_EQ(walked.frames.size(), 1 + (4 - page) * kPageBytes / 64);
    window = walked.readable;
    EXPECT_EQ(window.low, start);
    EXPECT_EQ(window.high, island.high());
  }
}

// One frame from the first word of the island to its last two.
Walked WalkOverOneFrame(const Island& island) {
  const uintptr_t frame = island.high() - 16;
  *reinterpret_cast<uintptr_t*>(frame + 8) = AddressOf(bad_outermost);
  return WalkFrom({AddressOf(bad_from_bp), island.low(), frame}, {island.low(), island.low() + kPageBytes});
}

TEST(Window, IsWidenedOverAFrameLargerThanAPage) {
  const Island island(5);
  const Walked walked = WalkOverOneFrame(island);
  EXPECT_EQ(walked.end, WalkEnd::kComplete);
  EXPECT_EQ(walked.readable.low, island.low());
  EXPECT_EQ(walked.readable.high, island.high());
}

TEST(Window, IsBegunAnewWhereWhatLiesBetweenCannotBeRead) {
  const Island island(5);
  mprotect(reinterpret_cast<void*>(island.low() + 2 * kPageBytes), kPageBytes, PROT_NONE);
  const Walked walked = WalkOverOneFrame(island);
  EXPECT_EQ(walked.end, WalkEnd::kComplete);
  EXPECT_EQ(walked.readable.low, island.high() - kPageBytes);
  EXPECT_EQ(walked.readable.high, island.high());
}

TEST(Window, OfAnotherStackIsGivenUp) {
  const Island island(2), other(2);
  for (const Island* own : {&island, &other}) {
    own->Fill(AddressOf(bad_from_sp));
    own->word(2 * kPageBytes - 8) = AddressOf(bad_outermost);
  }
  const Walked walked = WalkFrom({AddressOf(bad_from_sp), island.low(), 0}, {other.low(), other.high()});
  EXPECT_EQ(walked.end, WalkEnd::kComplete);
  EXPECT_EQ(walked.readable.low, island.low());
  EXPECT_EQ(walked.readable.high, island.high());
}

TEST(CodeWithoutTables, IsFollowedByItsFramePointers) {
  const Island island;
  island.word(64) = island.low() + 256;
  island.word(72) = AddressOf(bad_no_rule) + 1;
  island.word(256) = 0;
  island.word(264) = AddressOf(bad_outermost);
  const Walked walked = WalkFrom({AddressOf(bad_no_rule), island.low(), island.low() + 64});
  EXPECT_EQ(walked.end, WalkEnd::kComplete);
  EXPECT_EQ(walked.frames, (std::vector<uintptr_t>{AddressOf(bad_no_rule), AddressOf(bad_no_rule) + 1, AddressOf(bad_outermost)}));
}

TEST(CodeWithoutTables, ImplausibleFramePointerEndsTheWalk) {
  const Island island;
  const uintptr_t sp = island.low() + 128;
  for (const uintptr_t bp : {uintptr_t{0}, uintptr_t{5}, sp - 8, sp + 65 * 1024, island.high() - 8, sp + 4, ~uintptr_t{0}}) {
    const Walked walked = WalkFrom({AddressOf(bad_no_rule), sp, bp});
    EXPECT_EQ(walked.end, WalkEnd::kUnknownCode) << bp - sp;
    EXPECT_EQ(walked.frames.size(), 1u);
  }
}

TEST(CodeWithoutTables, FramePointerThatLeadsToItselfEndsTheWalk) {
  const Island island;
  island.word(0) = island.low();
  island.word(8) = AddressOf(bad_no_rule);
  EXPECT_EQ(WalkFrom({AddressOf(bad_no_rule), island.low(), island.low()}).end, WalkEnd::kUnknownCode);
}

}  // namespace
}  // namespace headroom::hot
