// Walks that cross from one stack, or one kind of code, to another: signals, signal stacks, fibers, threads.
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <cstdint>
#include <memory>
#include <thread>

#include "hot/os/os.h"
#include "hot/stack/stack_walk.h"
#include "tests/hot/sanitizer.h"
#include "tests/hot/stack/two_traces.h"

// The first instruction of walk_trap traps; the byte before it belongs to a function with quite another frame.
asm(R"(
  .pushsection .text
  .globl walk_trap
  .hidden walk_trap
  .cfi_startproc
  .cfi_def_cfa_offset 4096
  nop
  .cfi_endproc
walk_trap:
  .cfi_startproc
  ud2
  ret
  .cfi_endproc
  .popsection
)");
extern "C" void walk_trap();

namespace headroom::hot {
namespace {

constexpr size_t kStackBytes = 256 * 1024;

TwoTraces* traces_of_signal;

void TakeInHandler(int, siginfo_t*, void*) { traces_of_signal->Take(); }

void TakeInHandlerAndStepOverTrap(int, siginfo_t*, void* context) {
  traces_of_signal->Take();
  constexpr int kTrapBytes = 2;
  static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP] += kTrapBytes;
}

class ScopedHandler {
 public:
  ScopedHandler(int signal, void (*handler)(int, siginfo_t*, void*), int flags) : signal_(signal) {
    struct sigaction action {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | flags;
    sigaction(signal, &action, &old_);
  }
  ~ScopedHandler() { sigaction(signal_, &old_, nullptr); }
  ScopedHandler(const ScopedHandler&) = delete;
  ScopedHandler& operator=(const ScopedHandler&) = delete;

 private:
  const int signal_;
  struct sigaction old_;
};

class Crossing : public testing::Test {
 protected:
  Crossing() { traces_of_signal = &traces_; }

  ScopedRuleCache cache_;
  TwoTraces traces_;
};

__attribute__((noinline)) void RaiseHere(TwoTraces* traces) {
  raise(SIGUSR1);
  NotATailCall();
  EXPECT_TRUE(traces->Contains(HEADROOM_RETURN_ADDRESS)) << "the walk did not reach the function that was interrupted";
}

TEST_F(Crossing, SignalHandlerLeadsToTheInterruptedFunction) {
  const ScopedHandler handler(SIGUSR1, TakeInHandler, 0);
  for (int i = 0; i < 3; ++i) RaiseHere(&traces_);
  traces_.ExpectSame();
}

__attribute__((noinline)) void TrapHere(TwoTraces* traces) {
  walk_trap();
  NotATailCall();
  EXPECT_TRUE(traces->Contains(HEADROOM_RETURN_ADDRESS));
}

TEST_F(Crossing, InterruptedInstructionIsLookedUpItselfNotTheByteBefore) {
  const ScopedHandler handler(SIGILL, TakeInHandlerAndStepOverTrap, 0);
  TrapHere(&traces_);
  EXPECT_TRUE(traces_.Contains(reinterpret_cast<uintptr_t>(&walk_trap)));
  traces_.ExpectSame();
}

TEST_F(Crossing, SignalStackLeadsBackToTheThreadsOwn) {
  const auto memory = std::make_unique<char[]>(kStackBytes);
  const stack_t signal_stack{.ss_sp = memory.get(), .ss_flags = 0, .ss_size = kStackBytes};
  stack_t old;
  ASSERT_EQ(sigaltstack(&signal_stack, &old), 0);
  {
    const ScopedHandler handler(SIGUSR1, TakeInHandler, SA_ONSTACK);
    RaiseHere(&traces_);
  }
  sigaltstack(&old, nullptr);
  traces_.ExpectSame();
}

void* TakeInThread(void* traces) {
  static_cast<TwoTraces*>(traces)->Take();
  return nullptr;
}

TEST_F(Crossing, ThreadEndsAtItsStart) {
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, nullptr, TakeInThread, &traces_), 0);
  pthread_join(thread, nullptr);
  traces_.ExpectSame();
}

TEST_F(Crossing, ThreadOfTheCppLibraryEndsAtItsStart) {
  std::thread([this] {
    traces_.Take();
    NotATailCall();
  }).join();
  traces_.ExpectSame();
}

ucontext_t main_context, fiber_context;

void RunFiber() {
  traces_of_signal->Take();
  swapcontext(&fiber_context, &main_context);
}

// Memory with a forbidden page on either side.
class FiberStack {
 public:
  FiberStack() : start_(static_cast<char*>(mmap(nullptr, kBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    mprotect(start_ + kPageBytes, kStackBytes, PROT_READ | PROT_WRITE);
  }
  ~FiberStack() { munmap(start_, kBytes); }
  char* start() const { return start_ + kPageBytes; }

 private:
  static constexpr size_t kBytes = kStackBytes + 2 * kPageBytes;
  char* const start_;
};

TEST_F(Crossing, FiberShowsAllItsCallsAndNothingBeyondItsStack) {
  if (kThreadSanitizer) GTEST_SKIP() << "ThreadSanitizer does not follow swapcontext";
  const FiberStack stack;
  ASSERT_EQ(getcontext(&fiber_context), 0);
  fiber_context.uc_stack = {.ss_sp = stack.start(), .ss_flags = 0, .ss_size = kStackBytes};
  fiber_context.uc_link = nullptr;
  makecontext(&fiber_context, RunFiber, 0);
  ASSERT_EQ(swapcontext(&main_context, &fiber_context), 0);
  EXPECT_EQ(traces_.walked(), traces_.expected());
  EXPECT_GE(traces_.walked().size(), 2u) << "the fiber's function, and the library's code it returns to";
  EXPECT_GE(traces_.readable().low, AddressOf(stack.start()));
  EXPECT_LE(traces_.readable().high, AddressOf(stack.start()) + kStackBytes);
}

TEST_F(Crossing, WindowOfOneStackGivesWayToAnother) {
  traces_.Take();
  const ReadableStack own = traces_.readable();
  std::thread([this] { TakeInThread(&traces_); }).join();
  traces_.ExpectSame();
  EXPECT_NE(traces_.readable().low, own.low);
  traces_.Take();
  traces_.ExpectSame();
}

}  // namespace
}  // namespace headroom::hot
