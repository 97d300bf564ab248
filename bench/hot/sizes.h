#ifndef HEADROOM_BENCH_HOT_SIZES_H_
#define HEADROOM_BENCH_HOT_SIZES_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

namespace headroom::bench {

// Deterministic, and cheap beside a malloc.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u) {}
  uint64_t Next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  uint64_t Below(uint64_t bound) { return (Next() >> 32) * bound >> 32; }

 private:
  uint64_t state_;
};

// Sizes as programs ask for them: lognormal, median 64 bytes, mean 131.
class Sizes {
 public:
  Sizes() {
    std::mt19937_64 random(20121022);
    std::lognormal_distribution<double> size(std::log(64.0), 1.197);
    for (uint32_t& entry : table_) entry = static_cast<uint32_t>(std::clamp(size(random), 1.0, 65535.0));
  }
  explicit Sizes(size_t bytes) { table_.fill(static_cast<uint32_t>(bytes)); }
  size_t At(uint64_t i) const { return table_[i % table_.size()]; }
  // How many ops go to one sample, on average, where a sampler's mean distance is `sample_bytes`.
  double OpsPerSample(double sample_bytes) const {
    double samples = 0;
    for (uint32_t size : table_) samples += 1 - std::exp(-static_cast<double>(size) / sample_bytes);
    return static_cast<double>(table_.size()) / samples;
  }

 private:
  std::array<uint32_t, 8192> table_;
};

}  // namespace headroom::bench

#endif  // HEADROOM_BENCH_HOT_SIZES_H_
