// Fibers that allocate, by makecontext and by hand, on stacks of many sizes, so that memory that was a stack a moment
// ago is none any more.
#include <sys/mman.h>
#include <ucontext.h>

#include <cstdint>
#include <initializer_list>

#include "program.h"

namespace {

constexpr int kFibers = 1000;

KEEP_CALL void AllocateInFiber() {
  KeepInTheFirstCalls();
  void* blocks[16];
  for (size_t i = 0; i < 16; ++i) blocks[i] = Used(malloc(30 * (i + 1)));
  for (void* block : blocks) free(block);
}

// A stack at the beginning of a place that all stacks share: what an earlier, larger one had above its end cannot be
// read any more.
class FiberStack {
 public:
  explicit FiberStack(size_t bytes) : bytes_(bytes) { Allow(PROT_READ | PROT_WRITE); }
  ~FiberStack() { Allow(PROT_NONE); }
  FiberStack(const FiberStack&) = delete;
  FiberStack& operator=(const FiberStack&) = delete;
  char* start() const { return Place(); }
  char* end() const { return Place() + bytes_; }
  size_t bytes() const { return bytes_; }

 private:
  static char* Place() {
    static void* const place = mmap(nullptr, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return static_cast<char*>(place);
  }
  void Allow(int access) const {
    if (mprotect(Place(), bytes_, access) != 0) abort();
  }
  const size_t bytes_;
};

ucontext_t main_context, fiber_context;

void RunFiber() {
  AllocateInFiber();
  swapcontext(&fiber_context, &main_context);
  AllocateInFiber();
}

void RunByContext(const FiberStack& stack) {
  getcontext(&fiber_context);
  fiber_context.uc_stack.ss_sp = stack.start();
  fiber_context.uc_stack.ss_size = stack.bytes();
  fiber_context.uc_link = &main_context;
  makecontext(&fiber_context, RunFiber, 0);
  swapcontext(&main_context, &fiber_context);
  AllocateInFiber();
  swapcontext(&main_context, &fiber_context);
}

extern "C" void RunHandMadeFiber() { AllocateInFiber(); }

// Calls RunHandMadeFiber on a stack that holds nothing at all: no return address to stop at, no frame to return to, and
// in the frame pointer whatever was there.
__attribute__((naked)) void CallOn(char*, uintptr_t) {
  asm(".cfi_undefined rip\n\t.cfi_undefined rbp\n\t"
      "push %rbp\n\tpush %rbx\n\tmov %rsp, %rbx\n\tmov %rdi, %rsp\n\tmov %rsi, %rbp\n\t"
      "call EnterFiber\n\t"
      "mov %rbx, %rsp\n\tpop %rbx\n\tpop %rbp\n\tret");
}

// Code without unwind tables, as just-in-time compilers write it.
asm(".text\n.type EnterFiber, @function\nEnterFiber:\n\tsub $8, %rsp\n\tcall RunHandMadeFiber\n\tadd $8, %rsp\n\tret\n"
    ".size EnterFiber, .-EnterFiber");

void RunByHand(const FiberStack& stack, size_t frame_pointer_back) {
  CallOn(stack.end(), reinterpret_cast<uintptr_t>(stack.end()) - frame_pointer_back);
}

}  // namespace

int main() {
  LetTheAgentStart();
  for (int i = 0; i < kFibers; ++i) {
    const FiberStack stack((80 - 4 * static_cast<size_t>(i % 16)) * 1024);
    for (const size_t back : {size_t{0}, size_t{8}, size_t{16}, size_t{64}}) RunByHand(stack, back);
    RunByContext(stack);
  }
  SayDoneAndStay();
}
