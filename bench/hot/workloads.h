#ifndef HEADROOM_BENCH_HOT_WORKLOADS_H_
#define HEADROOM_BENCH_HOT_WORKLOADS_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace headroom::bench {

// What is timed. One op is one malloc and one free; the ops of all threads together are done in all.
using Loop = std::function<void(uint64_t ops)>;

struct Workload {
  std::string_view name;
  int threads;
  Loop (*prepare)(int thread);  // called on the thread that runs the loop, before the clock starts
};

std::span<const Workload> Workloads();

}  // namespace headroom::bench

#endif  // HEADROOM_BENCH_HOT_WORKLOADS_H_
