// Hands out positions of a dense array: those given back first, last in first out, so that as many places are touched as were
// ever in use at once. Lock-free.
#ifndef HEADROOM_HOT_TABLES_POSITION_POOL_H_
#define HEADROOM_HOT_TABLES_POSITION_POOL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace headroom::hot {

class PositionPool {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  // `links` are zeroed words, one for each of `capacity` positions, each beside what its position stands for so that no
  // page is touched for it alone: LinkAt(position) is at `links` + position * stride_bytes.
  void Attach(void* links, size_t stride_bytes, uint32_t capacity, uint32_t first = 0) {
    links_ = static_cast<char*>(links);
    stride_bytes_ = stride_bytes;
    capacity_ = capacity;
    high_water_.store(first, std::memory_order_relaxed);
  }

  // kNone when all are out. Acquire: partner of the release in Give, whichever Takes came between (their exchanges carry it on). The link
  // may be read while its position goes to another thread: then the count in the head has changed, and the exchange fails. A fresh
  // position was nobody's, so its number alone counts, relaxed.
  uint32_t Take() {
    uint64_t head = head_.load(std::memory_order_acquire);
    while (static_cast<uint32_t>(head) != 0) {
      const uint32_t position = static_cast<uint32_t>(head) - 1;
      const uint64_t next = Counted(head, LinkAt(position).load(std::memory_order_relaxed));
      if (head_.compare_exchange_weak(head, next, std::memory_order_acquire)) return position;
    }
    uint32_t fresh = high_water_.load(std::memory_order_relaxed);
    while (fresh < capacity_ && !high_water_.compare_exchange_weak(fresh, fresh + 1, std::memory_order_relaxed)) {
    }
    return fresh < capacity_ ? fresh : kNone;
  }

  void Give(uint32_t position) {
    uint64_t head = head_.load(std::memory_order_relaxed);
    do {
      LinkAt(position).store(static_cast<uint32_t>(head), std::memory_order_relaxed);
    } while (!head_.compare_exchange_weak(head, Counted(head, position + 1), std::memory_order_release,
                                          std::memory_order_relaxed));
  }

  // No position at or above it was ever handed out. Relaxed: what stands at a position says itself whether it is whole.
  uint32_t high_water() const { return high_water_.load(std::memory_order_relaxed); }

 private:
  // The list's head: first position plus one (0: empty) under a count that grows with each change, so that a head which
  // went away and came back between a load and its compare-exchange is not taken for the old one.
  static uint64_t Counted(uint64_t old_head, uint32_t first) { return (((old_head >> 32) + 1) << 32) | first; }
  std::atomic<uint32_t>& LinkAt(uint32_t position) const {
    return *reinterpret_cast<std::atomic<uint32_t>*>(links_ + position * stride_bytes_);
  }

  char* links_ = nullptr;
  size_t stride_bytes_ = 0;
  uint32_t capacity_ = 0;
  std::atomic<uint32_t> high_water_;
  std::atomic<uint64_t> head_;
};

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_POSITION_POOL_H_
