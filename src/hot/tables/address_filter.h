// "Was this pointer sampled?" for almost every free in one look: a byte for each KiB of address space, taken modulo 4 GiB,
// counts the samples that live there. One cache line answers for 64 KiB of heap, so the filter's footprint follows the
// heap's own locality, and all of it that was never written reads from the kernel's one zero page.
//
//   address  ...|............22 bits............|.10 bits.|
//                        index of the byte
#ifndef HEADROOM_HOT_TABLES_ADDRESS_FILTER_H_
#define HEADROOM_HOT_TABLES_ADDRESS_FILTER_H_

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "hot/os/os.h"

namespace headroom::hot {

class AddressFilter {
 public:
  static constexpr int kGranuleShift = 10;
  static constexpr size_t kBytes = size_t{1} << (32 - kGranuleShift);

  // False: no sample lives at `address`. True: look into the live table. A thread that may free `address` sees the Add of
  // its sample: Add happens before malloc returns, and the program itself passed the pointer on to the freeing thread. So
  // relaxed is enough here and in Add and Remove.
  bool MayContain(uintptr_t address) const {
    return Count(address).load(std::memory_order_relaxed) != 0;
  }

  // One more sample at `address`. False, and nothing changed, when the byte is full (kFull samples in one granule, its
  // aliases 4 GiB away included): the caller drops the sample, so that no count ever sticks.
  bool Add(uintptr_t address) {
    const std::atomic_ref<uint8_t> count = Count(address);
    Touch(address);
    if (count.fetch_add(1, std::memory_order_relaxed) < kFull) return true;
    count.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }

  // Takes back one Add of the same address.
  void Remove(uintptr_t address) { Count(address).fetch_sub(1, std::memory_order_relaxed); }

  // Bytes that were ever written, in whole pages: what the filter takes of the process's memory.
  size_t touched_bytes() const {
    size_t pages = 0;
    for (const std::atomic<uint64_t>& word : touched_pages_) {
      pages += static_cast<size_t>(std::popcount(word.load(std::memory_order_relaxed)));
    }
    return pages * kPageBytes;
  }

  // For the hooks' own assembly.
  const void* base() const { return counts_; }

 private:
  // Concurrent Adds may overshoot kFull by one each before they step back; 16 threads at the brink of one granule would
  // have to meet here to wrap a byte.
  static constexpr uint8_t kFull = 239;
  std::atomic_ref<uint8_t> Count(uintptr_t address) const {
    return std::atomic_ref<uint8_t>(counts_[static_cast<uint32_t>(address) >> kGranuleShift]);
  }

  // Relaxed: a set of bits for a figure in the record; nothing is found through it.
  void Touch(uintptr_t address) {
    const size_t page = (static_cast<uint32_t>(address) >> kGranuleShift) / kPageBytes;
    std::atomic<uint64_t>& word = touched_pages_[page / 64];
    const uint64_t bit = uint64_t{1} << (page % 64);
    if ((word.load(std::memory_order_relaxed) & bit) == 0) word.fetch_or(bit, std::memory_order_relaxed);
  }

  // Plain bytes, because millions of atomics in static memory would be initialised one by one by the compiler.
  mutable uint8_t counts_[kBytes] = {};
  std::atomic<uint64_t> touched_pages_[kBytes / kPageBytes / 64];
};

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_ADDRESS_FILTER_H_
