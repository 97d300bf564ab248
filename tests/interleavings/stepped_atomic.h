#ifndef HEADROOM_TESTS_INTERLEAVINGS_STEPPED_ATOMIC_H_
#define HEADROOM_TESTS_INTERLEAVINGS_STEPPED_ATOMIC_H_

#include <atomic>

#include "tests/interleavings/schedules.h"

// In std, because the sources under test say std::atomic: see stepped_tables.h.
namespace std {

// std::atomic for Schedules: each access is a step. As trivial as the tables want it, for memory that is zero-filled.
template <typename T>
class SteppedAtomic {
 public:
  SteppedAtomic() = default;
  SteppedAtomic(const SteppedAtomic&) = delete;
  SteppedAtomic& operator=(const SteppedAtomic&) = delete;

  T load(memory_order = memory_order_seq_cst) const {
    Announce(false);
    return value_;
  }
  void store(T value, memory_order = memory_order_seq_cst) {
    Announce(true);
    value_ = value;
  }
  T fetch_add(T term, memory_order = memory_order_seq_cst) {
    Announce(true);
    const T before = value_;
    value_ = static_cast<T>(value_ + term);
    return before;
  }
  T fetch_sub(T term, memory_order order = memory_order_seq_cst) { return fetch_add(static_cast<T>(-term), order); }
  bool compare_exchange_strong(T& expected, T wanted, memory_order = memory_order_seq_cst,
                               memory_order = memory_order_seq_cst) {
    Announce(true);
    const bool is_equal = value_ == expected;
    (is_equal ? value_ : expected) = is_equal ? wanted : value_;
    return is_equal;
  }
  bool compare_exchange_weak(T& expected, T wanted, memory_order order = memory_order_seq_cst,
                             memory_order failed = memory_order_seq_cst) {
    return compare_exchange_strong(expected, wanted, order, failed);
  }

 private:
  void Announce(bool writes) const { headroom::interleavings::Schedules::Announce({this, writes}); }

  T value_{};
};

}  // namespace std

#endif  // HEADROOM_TESTS_INTERLEAVINGS_STEPPED_ATOMIC_H_
