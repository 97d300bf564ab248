#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "hot/os/os.h"

namespace headroom::hot {
namespace {

uintptr_t AddressOf(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer); }

// Two pages: the first readable, the second as asked for.
class TwoPages {
 public:
  explicit TwoPages(int second_protection)
      : start_(static_cast<char*>(
            mmap(nullptr, 2 * kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    mprotect(start_ + kPageBytes, kPageBytes, second_protection);
  }
  ~TwoPages() { munmap(start_, 2 * kPageBytes); }
  TwoPages(const TwoPages&) = delete;
  TwoPages& operator=(const TwoPages&) = delete;

  uintptr_t first() const { return AddressOf(start_); }
  uintptr_t second() const { return AddressOf(start_) + kPageBytes; }

 private:
  char* start_;
};

// The value of `key` in the smaps entry of the mapping that begins at `start`.
std::string SmapsLine(uintptr_t start, const std::string& key) {
  std::ostringstream wanted;
  wanted << std::hex << start << "-";
  std::ifstream smaps("/proc/self/smaps");
  bool found = false;
  for (std::string line; std::getline(smaps, line);) {
    if (line.starts_with(wanted.str())) found = true;
    if (found && line.starts_with(key + ":")) return line;
  }
  return "";
}

TEST(IsReadable, StackHeapCodeAndConstantsAre) {
  int on_stack = 0;
  const auto on_heap = std::make_unique<uint64_t>(1);
  static const uint64_t constant = 2;
  EXPECT_TRUE(IsReadable(AddressOf(&on_stack)));
  EXPECT_TRUE(IsReadable(AddressOf(on_heap.get())));
  EXPECT_TRUE(IsReadable(AddressOf(&constant)));
  EXPECT_TRUE(IsReadable(reinterpret_cast<uintptr_t>(&ThreadId)));
}

TEST(IsReadable, PageWithoutAccessIsNot) {
  const TwoPages pages(PROT_NONE);
  EXPECT_TRUE(IsReadable(pages.first()));
  EXPECT_FALSE(IsReadable(pages.second()));
}

TEST(IsReadable, ReadOnlyPageIs) { EXPECT_TRUE(IsReadable(TwoPages(PROT_READ).second())); }

TEST(IsReadable, LastEightBytesOfAMappingAreAndTheNextAreNot) {
  const TwoPages pages(PROT_NONE);
  EXPECT_TRUE(IsReadable(pages.second() - 8));
  EXPECT_FALSE(IsReadable(pages.second() - 7)) << "the eight bytes reach into the forbidden page";
}

TEST(IsReadable, UnmappedPageIsNot) {
  uintptr_t gone;
  {
    const TwoPages pages(PROT_READ);
    gone = pages.first();
  }
  EXPECT_FALSE(IsReadable(gone));
}

TEST(IsReadable, NullPageIsNot) {
  EXPECT_FALSE(IsReadable(0)) << "the kernel takes a null set for none, and answers without a fault";
  EXPECT_FALSE(IsReadable(8));
  EXPECT_FALSE(IsReadable(kPageBytes - 8));
}

TEST(IsReadable, AddressesNoProcessHasAreNot) {
  EXPECT_FALSE(IsReadable(~uintptr_t{0}));
  EXPECT_FALSE(IsReadable(~uintptr_t{0} - 7));
  EXPECT_FALSE(IsReadable(uintptr_t{1} << 47)) << "the first one beyond user space";
  EXPECT_FALSE(IsReadable(uintptr_t{0xFFFF8000} << 32)) << "the kernel's";
  EXPECT_FALSE(IsReadable(uintptr_t{0x1234567890} << 24)) << "not canonical";
}

TEST(IsReadable, KeepsErrnoAndTheSignalMask) {
  sigset_t before, after;
  sigprocmask(SIG_BLOCK, nullptr, &before);
  errno = EDOM;
  IsReadable(AddressOf(&before));
  IsReadable(0x10);
  EXPECT_EQ(errno, EDOM);
  sigprocmask(SIG_BLOCK, nullptr, &after);
  for (int signal = 1; signal < 32; ++signal) EXPECT_EQ(sigismember(&before, signal), sigismember(&after, signal));
}

TEST(MapZeroed, MemoryIsZeroWritableAndOutOfHugePages) {
  constexpr size_t kBytes = 8 << 20;
  char* memory = static_cast<char*>(MapZeroed(kBytes));
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(AddressOf(memory) % kPageBytes, 0u);
  for (size_t i = 0; i < kBytes; i += 511) ASSERT_EQ(memory[i], 0) << i;
  memory[0] = memory[kBytes - 1] = 1;
  EXPECT_NE(SmapsLine(AddressOf(memory), "VmFlags").find(" nh"), std::string::npos);
  munmap(memory, kBytes);
}

TEST(MapZeroed, TakesNoMemoryBeforeItIsTouched) {
  constexpr size_t kBytes = 8 << 20;
  char* memory = static_cast<char*>(MapZeroed(kBytes));
  ASSERT_NE(memory, nullptr);
  memory[kBytes / 2] = 1;
  std::istringstream rss(SmapsLine(AddressOf(memory), "Rss"));
  std::string key;
  size_t kib = 0;
  rss >> key >> kib;
  EXPECT_EQ(kib, kPageBytes / 1024);
  munmap(memory, kBytes);
}

TEST(MapZeroed, ImpossibleSizesAreRefused) {
  EXPECT_EQ(MapZeroed(0), nullptr);
  EXPECT_EQ(MapZeroed(size_t{1} << 62), nullptr);
}

TEST(AvoidHugePages, TouchesOnlyWholePagesInside) {
  const TwoPages pages(PROT_READ | PROT_WRITE);
  AvoidHugePages(reinterpret_cast<void*>(pages.first() + 1), kPageBytes);
  EXPECT_EQ(SmapsLine(pages.first(), "VmFlags").find(" nh"), std::string::npos) << "no whole page lies in the range";
  AvoidHugePages(reinterpret_cast<void*>(pages.first()), 2 * kPageBytes);
  EXPECT_NE(SmapsLine(pages.first(), "VmFlags").find(" nh"), std::string::npos);
}

TEST(ThreadId, IsTheKernelsAndDiffersByThread) {
  EXPECT_EQ(ThreadId(), static_cast<uint32_t>(gettid()));
  uint32_t other = 0;
  std::thread([&] { other = ThreadId(); }).join();
  EXPECT_NE(other, 0u);
  EXPECT_NE(other, ThreadId());
}

TEST(ProcessId, IsTheKernels) { EXPECT_EQ(ProcessId(), getpid()); }

TEST(CoarseMilliseconds, FollowsTheMonotonicClock) {
  const auto fine_milliseconds = [] {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1000 + static_cast<uint64_t>(now.tv_nsec) / 1000000;
  };
  constexpr uint64_t kLongestKernelTick = 20;
  const uint64_t before = fine_milliseconds();
  const uint64_t coarse = CoarseMilliseconds();
  EXPECT_GE(coarse + kLongestKernelTick, before);
  EXPECT_LE(coarse, fine_milliseconds());
}

TEST(MainStackEnd, IsAboveTheMainThreadsFrames) {
  ASSERT_EQ(gettid(), getpid());
  const uintptr_t here = AddressOf(__builtin_frame_address(0));
  EXPECT_GT(MainStackEnd(), here);
  EXPECT_TRUE(IsReadable(MainStackEnd() - 8));
}

}  // namespace
}  // namespace headroom::hot
