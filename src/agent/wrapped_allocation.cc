// What the link puts in place of malloc and operator new in the agent's cold code (-Wl,--wrap=...): the private heap.
#include <cstring>
#include <new>

#include "agent/private_heap.h"

namespace {

using headroom::private_heap;

void* AllocateOrThrow(size_t size) {
  void* block = private_heap.Allocate(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

extern "C" {

void* __wrap_malloc(size_t size) { return private_heap.Allocate(size); }
void __wrap_free(void* block) { private_heap.Free(block); }

void* __wrap_calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) return nullptr;
  void* block = private_heap.Allocate(bytes);
  return block == nullptr ? nullptr : std::memset(block, 0, bytes);
}

void* __wrap_realloc(void* block, size_t size) {
  if (block != nullptr && size <= private_heap.SizeOf(block)) return block;
  void* larger = private_heap.Allocate(size);
  if (larger == nullptr || block == nullptr) return larger;
  std::memcpy(larger, block, private_heap.SizeOf(block));
  private_heap.Free(block);
  return larger;
}

void* __wrap__Znwm(size_t size) { return AllocateOrThrow(size); }
void* __wrap__Znam(size_t size) { return AllocateOrThrow(size); }
void* __wrap__ZnwmRKSt9nothrow_t(size_t size, const std::nothrow_t&) { return private_heap.Allocate(size); }
void* __wrap__ZnamRKSt9nothrow_t(size_t size, const std::nothrow_t&) { return private_heap.Allocate(size); }
void __wrap__ZdlPv(void* block) { private_heap.Free(block); }
void __wrap__ZdaPv(void* block) { private_heap.Free(block); }
void __wrap__ZdlPvm(void* block, size_t) { private_heap.Free(block); }
void __wrap__ZdaPvm(void* block, size_t) { private_heap.Free(block); }
void __wrap__ZdlPvRKSt9nothrow_t(void* block, const std::nothrow_t&) { private_heap.Free(block); }
void __wrap__ZdaPvRKSt9nothrow_t(void* block, const std::nothrow_t&) { private_heap.Free(block); }

}  // extern "C"
