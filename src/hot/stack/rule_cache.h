// Return address -> packed FrameRule, shared by all threads without locks. An address has one cache line with room for four;
// in a full one a newer address takes the place of an older.
//
// An entry is two words, key ^ rule and rule, written one after the other with no order between them. A reader accepts the
// rule only when the two fit the key it looks for; the key is a mixture of all bits of the address and of the generation, so
// the halves of two different entries fit by chance once in 2^64.
#ifndef HEADROOM_HOT_STACK_RULE_CACHE_H_
#define HEADROOM_HOT_STACK_RULE_CACHE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace headroom::hot {

class RuleCache {
 public:
  static constexpr size_t kWays = 4;
  static constexpr size_t kLines = 2048;
  static constexpr size_t kBytes = kLines * kWays * 2 * sizeof(uint64_t);

  // `memory` is zeroed, kBytes long and aligned to a cache line.
  void Attach(void* memory) { lines_ = static_cast<Line*>(memory); }
  bool attached() const { return lines_ != nullptr; }

  // Everything cached so far is no longer found. Relaxed: a walk beside it may still use an old step, which makes a wrong stack at worst.
  void Forget() { generation_.fetch_add(kNextGeneration, std::memory_order_relaxed); }

  bool Find(uintptr_t pc, uint64_t* rule) const {
    const uint64_t key = Key(pc);
    const Line& line = lines_[key % kLines];
    const size_t home = Home(key);
    for (size_t i = 0; i < kWays; ++i) {
      const Entry& entry = line.ways[home ^ i];
      *rule = entry.rule.load(std::memory_order_relaxed);
      if ((entry.key_and_rule.load(std::memory_order_relaxed) ^ *rule) == key) return true;
    }
    return false;
  }

  void Put(uintptr_t pc, uint64_t rule) {
    const uint64_t key = Key(pc);
    Line& line = lines_[key % kLines];
    Entry* place = &line.ways[Home(key)];
    for (size_t i = kWays; i-- > 0;) {
      Entry& entry = line.ways[Home(key) ^ i];
      if (entry.key_and_rule.load(std::memory_order_relaxed) == 0) place = &entry;
    }
    place->rule.store(rule, std::memory_order_relaxed);
    place->key_and_rule.store(key ^ rule, std::memory_order_relaxed);
  }

 private:
  struct Entry {
    std::atomic<uint64_t> key_and_rule;
    std::atomic<uint64_t> rule;
  };
  struct alignas(64) Line {
    Entry ways[kWays];
  };

  // The way that is tried first.
  static size_t Home(uint64_t key) { return (key / kLines) % kWays; }

  // A bijection of the address (47 bits) and the generation above it; never 0, which is what an empty entry holds.
  static constexpr uint64_t kNextGeneration = uint64_t{1} << 48;
  uint64_t Key(uintptr_t pc) const {
    const uint64_t key = (pc ^ generation_.load(std::memory_order_relaxed)) * 0x9E3779B97F4A7C15u;
    return key ^ (key >> 32);
  }

  Line* lines_ = nullptr;
  std::atomic<uint64_t> generation_{uint64_t{1} << 47};
};

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_STACK_RULE_CACHE_H_
