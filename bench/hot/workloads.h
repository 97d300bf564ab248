#ifndef HEADROOM_BENCH_HOT_WORKLOADS_H_
#define HEADROOM_BENCH_HOT_WORKLOADS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace headroom::bench {

// What is timed. One op is one malloc and one free, of the program json one document.
using Loop = std::function<void(uint64_t ops)>;

struct Workload {
  std::string_view name;
  Loop (*prepare)(int thread);  // called on the thread that runs the loop, before the clock starts
};

std::span<const Workload> Workloads();

// From now on all blocks are of that size, and not as programs ask for them.
void UseOneSize(size_t bytes);

// Reads, sorts and writes a JSON document.
Loop Json(int thread);

}  // namespace headroom::bench

#endif  // HEADROOM_BENCH_HOT_WORKLOADS_H_
