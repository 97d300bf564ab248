#include "agent/private_heap.h"

#include <bit>

namespace headroom {

constinit PrivateHeap private_heap;

// Class c holds (4 + c % 4) << (c / 4 + 2) bytes: 16, 20, 24, 28, 32, 40 ... rounded up to 16 where they are used.
size_t PrivateHeap::BytesOfClass(int size_class) {
  const size_t bytes = size_t{4u + size_class % 4u} << (size_class / 4 + 2);
  return (bytes + 15) & ~size_t{15};
}

int PrivateHeap::ClassFor(size_t bytes) {
  if (bytes <= 16) return 0;
  const int doubling = std::bit_width(bytes - 1) - 1;  // 2^doubling < bytes <= 2^(doubling + 1)
  const int step = static_cast<int>((bytes - 1) >> (doubling - 2)) - 3;
  return (doubling - 4) * 4 + step;
}

void PrivateHeap::Attach(void* memory, size_t bytes) {
  start_ = next_ = static_cast<char*>(memory);
  end_ = start_ + bytes;
}

void* PrivateHeap::Allocate(size_t bytes) {
  if (bytes > static_cast<size_t>(end_ - start_)) return nullptr;
  const int size_class = ClassFor(bytes);
  if (FreeBlock* block = free_[size_class]) {
    free_[size_class] = block->next;
    return block;
  }
  const size_t needed = sizeof(Header) + BytesOfClass(size_class);
  if (needed > static_cast<size_t>(end_ - next_)) return nullptr;
  Header* header = reinterpret_cast<Header*>(next_);
  header->size_class = static_cast<uint64_t>(size_class);
  next_ += needed;
  return header + 1;
}

void PrivateHeap::Free(void* block) {
  if (block == nullptr) return;
  const uint64_t size_class = (static_cast<Header*>(block) - 1)->size_class;
  FreeBlock* freed = static_cast<FreeBlock*>(block);
  freed->next = free_[size_class];
  free_[size_class] = freed;
}

size_t PrivateHeap::SizeOf(const void* block) const {
  return BytesOfClass(static_cast<int>((static_cast<const Header*>(block) - 1)->size_class));
}

void PrivateHeap::KeepAllSoFar() {
  if (kept_ == nullptr) kept_ = next_;
}

void PrivateHeap::Reset() {
  next_ = kept_;
  for (FreeBlock*& list : free_) list = nullptr;
}

}  // namespace headroom
