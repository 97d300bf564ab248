// Keeps fifty blocks of 1000 bytes by each way to allocate, says "kept", and lets them go when it is sent a line.
#include <malloc.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <vector>

#include "program.h"

// Declared here for compilers that leave the sized forms out unless asked.
void operator delete(void* block, size_t size) noexcept;
void operator delete[](void* block, size_t size) noexcept;
void operator delete(void* block, size_t size, std::align_val_t alignment) noexcept;
void operator delete[](void* block, size_t size, std::align_val_t alignment) noexcept;

namespace {

constexpr size_t kBlocks = 50, kBytes = 1000;

// A way to allocate and its way to let go. Each is a function of its own, so that it shows in call stacks.
struct Way {
  void* (*keep)();
  void (*let_go)(void* block);
};

void* volatile nothing = nullptr;
volatile size_t huge = SIZE_MAX / 2;

KEEP_CALL void* KeepByMalloc() { return Used(malloc(kBytes)); }
KEEP_CALL void* KeepByCalloc() { return Used(calloc(kBytes / 10, 10)); }
KEEP_CALL void* KeepByRealloc() { return Used(realloc(Used(malloc(100)), kBytes)); }
KEEP_CALL void* KeepByFailedRealloc() {
  void* volatile block = malloc(kBytes);
  return realloc(block, huge) == nullptr ? block : nullptr;
}
KEEP_CALL void* KeepByReallocArray() { return Used(reallocarray(nothing, kBytes / 10, 10)); }
KEEP_CALL void* KeepByPosixMemalign() {
  void* block = nullptr;
  return posix_memalign(&block, 64, kBytes) == 0 ? Used(block) : nullptr;
}
KEEP_CALL void* KeepByAlignedAlloc() { return Used(aligned_alloc(8, kBytes)); }
KEEP_CALL void* KeepByMemalign() { return Used(memalign(64, kBytes)); }
KEEP_CALL void* KeepByValloc() { return Used(valloc(kBytes)); }
KEEP_CALL void* KeepByStrdup() {
  char text[kBytes];
  std::memset(text, 'x', sizeof(text));
  text[kBytes - 1] = '\0';
  return Used(strdup(text));
}
KEEP_CALL void* KeepNothing() { return Used(malloc(huge)); }
KEEP_CALL void* KeepByNew() { return Used(::operator new(kBytes)); }
KEEP_CALL void* KeepByNewArray() { return Used(::operator new[](kBytes)); }
KEEP_CALL void* KeepByNothrowNew() { return Used(::operator new(kBytes, std::nothrow)); }
KEEP_CALL void* KeepByAlignedNew() { return Used(::operator new(kBytes, std::align_val_t{8})); }
KEEP_CALL void* KeepByAlignedNewArray() { return Used(::operator new[](kBytes, std::align_val_t{8})); }
KEEP_CALL void* KeepByAlignedNothrowNew() { return Used(::operator new(kBytes, std::align_val_t{8}, std::nothrow)); }

constexpr Way kWays[] = {
    {KeepByMalloc, free},
    {KeepByCalloc, free},
    {KeepByRealloc, [](void* block) { free(Used(realloc(block, 10))); }},
    {KeepByFailedRealloc, free},
    {KeepByReallocArray, free},
    {KeepNothing, free},
    {KeepByPosixMemalign, free},
    {KeepByAlignedAlloc, free},
    {KeepByMemalign, free},
    {KeepByValloc, free},
    {KeepByStrdup, free},
    {KeepByNew, [](void* block) { ::operator delete(block); }},
    {KeepByNewArray, [](void* block) { ::operator delete[](block, kBytes); }},
    {KeepByNothrowNew, [](void* block) { ::operator delete(block, std::nothrow); }},
    {KeepByAlignedNew, [](void* block) { ::operator delete(block, kBytes, std::align_val_t{8}); }},
    {KeepByAlignedNewArray, [](void* block) { ::operator delete[](block, std::align_val_t{8}); }},
    {KeepByAlignedNothrowNew, [](void* block) { ::operator delete(block, std::align_val_t{8}, std::nothrow); }},
};

}  // namespace

int main() {
  LetTheAgentStart();
  std::vector<void*> kept;
  for (const Way& way : kWays) {
    for (size_t i = 0; i < kBlocks; ++i) kept.push_back(way.keep());
  }
  puts("kept");
  fflush(stdout);
  getchar();
  auto block = kept.begin();
  for (const Way& way : kWays) {
    for (size_t i = 0; i < kBlocks; ++i) way.let_go(*block++);
  }
  SayDoneAndStay();
}
