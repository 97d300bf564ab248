// Where the agent's own C++ allocates: a bounded region of its own, never the daemon's allocator. So the agent works when the
// daemon's heap is exhausted, locked or corrupt, and never shows in what it measures. The link wraps every reference to malloc and
// operator new in the cold code and in the C++ library it carries to this heap.
#ifndef HEADROOM_AGENT_PRIVATE_HEAP_H_
#define HEADROOM_AGENT_PRIVATE_HEAP_H_

#include <cstddef>
#include <cstdint>

namespace headroom {

// One user at a time: the constructor of the library, then the agent's thread; in a forked child its own agent's thread.
class PrivateHeap {
 public:
  // Uses zeroed `memory` of `bytes`, for good.
  void Attach(void* memory, size_t bytes);
  bool attached() const { return start_ != nullptr; }

  // Aligned to 16; nullptr when the region is used up.
  void* Allocate(size_t bytes);
  void Free(void* block);
  size_t SizeOf(const void* block) const;

  // What was allocated before the first call of KeepAllSoFar (by the C++ library, for itself) stays for good; Reset forgets
  // all that came later.
  void KeepAllSoFar();
  void Reset();

  size_t touched_bytes() const { return static_cast<size_t>(next_ - start_); }

 private:
  // Blocks come in classes of four steps to each doubling, so that rounding up wastes at most a fifth. A freed block waits in its class's
  // list; the agent's sizes repeat from tick to tick, so nothing is split or joined.
  static constexpr int kClasses = 128;
  struct Header {
    uint64_t size_class;
    uint64_t padding;
  };
  struct FreeBlock {
    FreeBlock* next;
  };

  static int ClassFor(size_t bytes);
  static size_t BytesOfClass(int size_class);

  char* start_ = nullptr;
  char* next_ = nullptr;
  char* end_ = nullptr;
  char* kept_ = nullptr;
  FreeBlock* free_[kClasses] = {};
};

extern constinit PrivateHeap private_heap;

}  // namespace headroom

#endif  // HEADROOM_AGENT_PRIVATE_HEAP_H_
