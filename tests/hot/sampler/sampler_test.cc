#include "hot/sampler/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ostream>
#include <set>
#include <thread>
#include <vector>

#include "tests/hot/scoped_sampling.h"

namespace headroom::hot {
namespace {

constexpr uint64_t kKiB = 1024;

ThreadState FreshThread(uint64_t seed) {
  ThreadState state{};
  state.random_state = seed;
  return state;
}

// What a hook does: the weight of the sample, 0 for none.
uint64_t Allocate(ThreadState& state, uint64_t size) {
  const uint64_t left = state.bytes_until_sample;
  state.bytes_until_sample = left - size;
  return left < size ? OnCountdownPassed(state, size) : 0;
}

// Mean of repeated estimates with its standard error.
class Estimates {
 public:
  void Add(double value) {
    ++count_;
    const double delta = value - mean_;
    mean_ += delta / count_;
    squares_ += delta * (value - mean_);
  }
  double mean() const { return mean_; }
  double standard_error() const { return std::sqrt(squares_ / (count_ - 1) / count_); }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

// Runs `one_estimate(seed)` often and expects its mean within four standard errors of `bytes`. Seeds are fixed, so a pass stays
// a pass; the errors are asked to be small, so that the test could fail.
template <typename OneEstimate>
void ExpectUnbiased(double bytes, int repetitions, OneEstimate one_estimate) {
  Estimates estimates;
  for (int i = 1; i <= repetitions; ++i) estimates.Add(one_estimate(static_cast<uint64_t>(i) * 0xD1B54A32D192ED03u));
  EXPECT_NEAR(estimates.mean(), bytes, 4 * estimates.standard_error() + 1e-9 * bytes);
  EXPECT_LT(estimates.standard_error(), 0.05 * bytes) << "too few repetitions to mean anything";
}

struct SizeAndInterval {
  uint64_t size;
  uint64_t interval;
  friend std::ostream& operator<<(std::ostream& out, const SizeAndInterval& value) {
    return out << "size " << value.size << ", interval " << value.interval;
  }
};

class SumOfWeights : public testing::TestWithParam<SizeAndInterval> {};

// Short lives: each repetition is a new thread, so what happens at the start weighs in.
TEST_P(SumOfWeights, IsUnbiased) {
  const auto [size, interval] = GetParam();
  const ScopedSampling sampling(interval);
  const uint64_t count = std::max<uint64_t>(2, 2 * interval / size);
  ExpectUnbiased(static_cast<double>(count * size), 2000, [&, size = size](uint64_t seed) {
    ThreadState state = FreshThread(seed);
    double sum = 0;
    for (uint64_t i = 0; i < count; ++i) sum += static_cast<double>(Allocate(state, size));
    return sum;
  });
}

INSTANTIATE_TEST_SUITE_P(
    EveryOrder, SumOfWeights,
    testing::Values(SizeAndInterval{1, 1}, SizeAndInterval{1000, 1}, SizeAndInterval{1, 2}, SizeAndInterval{2, 2},
                    SizeAndInterval{7, 2}, SizeAndInterval{1, 16}, SizeAndInterval{15, 16}, SizeAndInterval{16, 16},
                    SizeAndInterval{17, 16}, SizeAndInterval{500, 16}, SizeAndInterval{24, 4096},
                    SizeAndInterval{4095, 4096}, SizeAndInterval{4096, 4096}, SizeAndInterval{100000, 4096},
                    SizeAndInterval{100, 512 * kKiB}, SizeAndInterval{100 * kKiB, 512 * kKiB},
                    SizeAndInterval{512 * kKiB, 512 * kKiB}, SizeAndInterval{5000 * kKiB, 512 * kKiB}));

TEST(Sampler, MixedSizesAreUnbiasedTogether) {
  const ScopedSampling sampling(16);
  const std::vector<uint64_t> sizes{1, 40, 3, 16, 200, 2, 0, 9};
  ExpectUnbiased(271, 20000, [&](uint64_t seed) {
    ThreadState state = FreshThread(seed);
    double sum = 0;
    for (uint64_t size : sizes) sum += static_cast<double>(Allocate(state, size));
    return sum;
  });
}

TEST(Sampler, EachSizeOfAMixtureIsUnbiasedByItself) {
  const ScopedSampling sampling(64);
  ExpectUnbiased(20 * 5, 20000, [](uint64_t seed) {
    ThreadState state = FreshThread(seed);
    double small = 0;
    for (int i = 0; i < 20; ++i) {
      small += static_cast<double>(Allocate(state, 5));
      Allocate(state, 300);
    }
    return small;
  });
}

TEST(Sampler, FirstAllocationOfAThreadIsUnbiased) {
  for (const uint64_t size : {1, 10, 64, 1000}) {
    SCOPED_TRACE(size);
    const ScopedSampling sampling(64);
    ExpectUnbiased(static_cast<double>(size), 100000, [&](uint64_t seed) {
      ThreadState state = FreshThread(seed);
      return static_cast<double>(Allocate(state, size));
    });
  }
}

TEST(Sampler, IntervalMayChangeMidwayWithoutBias) {
  ScopedSampling sampling(16);
  ExpectUnbiased(90 * 5, 20000, [&](uint64_t seed) {
    ThreadState state = FreshThread(seed);
    double sum = 0;
    for (uint64_t interval : {16, 128, 1, 40, 2, 64}) {
      sampling.SetInterval(interval);
      for (int i = 0; i < 15; ++i) sum += static_cast<double>(Allocate(state, 5));
    }
    return sum;
  });
}

TEST(Sampler, CountdownsCutShortAreUnbiased) {
  for (const uint64_t longest : {0, 1, 4, 9, 100}) {
    for (const uint64_t size : {1, 3, 20}) {
      SCOPED_TRACE(testing::Message() << "longest countdown " << longest << ", size " << size);
      const ScopedSampling sampling(16, longest);
      ExpectUnbiased(static_cast<double>(60 * size), 20000, [&](uint64_t seed) {
        ThreadState state = FreshThread(seed);
        double sum = 0;
        for (int i = 0; i < 60; ++i) sum += static_cast<double>(Allocate(state, size));
        return sum;
      });
    }
  }
}

TEST(Sampler, BytesFromTheNoticedSwitchOnAreUnbiased) {
  ExpectUnbiased(15 * 20, 20000, [](uint64_t seed) {
    ScopedSampling sampling(0, 50);
    ThreadState state = FreshThread(seed);
    EXPECT_EQ(Allocate(state, 20), 0u);
    EXPECT_EQ(state.bytes_until_sample, 50u);
    sampling.SetInterval(32);
    double sum = 0;
    for (int i = 0; i < 17; ++i) sum += static_cast<double>(Allocate(state, 20));
    return sum + 10;  // of 340 bytes the first 50 passed unwatched
  });
}

TEST(Sampler, IntervalOneCountsEveryByteExactly) {
  const ScopedSampling sampling(1);
  ThreadState state = FreshThread(1);
  for (uint64_t size = 1; size < 5000; size += 7) ASSERT_EQ(Allocate(state, size), size);
}

// Pearson's test on bins of about equal probability.
void ExpectGeometric(uint64_t interval, uint64_t seed) {
  constexpr int kBins = 32;
  constexpr int kDraws = 200000;
  const double log_miss = interval > 1 ? std::log1p(-1.0 / static_cast<double>(interval)) : -1e9;
  std::vector<double> last_of_bin;  // gaps up to this one; ends with infinity
  for (int i = 1; i < kBins; ++i) {
    const double gap = std::ceil(std::log1p(-static_cast<double>(i) / kBins) / log_miss) - 1;
    if (last_of_bin.empty() || gap > last_of_bin.back()) last_of_bin.push_back(gap);
  }
  last_of_bin.push_back(std::numeric_limits<double>::infinity());
  std::vector<int> drawn(last_of_bin.size());
  uint64_t random_state = seed;
  for (int i = 0; i < kDraws; ++i) {
    const double gap = static_cast<double>(DrawGap(random_state, interval));
    ++drawn[static_cast<size_t>(std::lower_bound(last_of_bin.begin(), last_of_bin.end(), gap) - last_of_bin.begin())];
  }
  double chi_squared = 0, below = 0;
  for (size_t i = 0; i < drawn.size(); ++i) {
    const double up_to = -std::expm1(log_miss * (last_of_bin[i] + 1));
    const double expected = kDraws * (up_to - below);
    chi_squared += (drawn[i] - expected) * (drawn[i] - expected) / expected;
    below = up_to;
  }
  const double freedom = static_cast<double>(drawn.size() - 1);
  EXPECT_LT(chi_squared, freedom + 3 * std::sqrt(2 * freedom)) << "interval " << interval;
}

TEST(DrawGap, IsGeometric) {
  for (const uint64_t interval : std::vector<uint64_t>{2, 3, 16, 1000, 4095, 4096, 512 * kKiB, 1 << 30}) {
    ExpectGeometric(interval, 20121022 + interval);
  }
}

TEST(DrawGap, IsZeroForIntervalOne) {
  uint64_t random_state = 7;
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(DrawGap(random_state, 1), 0u);
}

TEST(DrawGap, FollowingGapsAreUncorrelated) {
  constexpr int kDraws = 200000;
  constexpr uint64_t kInterval = 4096;
  uint64_t random_state = 99;
  double previous = static_cast<double>(DrawGap(random_state, kInterval)) - kInterval, products = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double gap = static_cast<double>(DrawGap(random_state, kInterval)) - kInterval;
    products += gap * previous;
    previous = gap;
  }
  EXPECT_LT(std::abs(products / kDraws / (1.0 * kInterval * kInterval)), 4 / std::sqrt(kDraws));
}

TEST(Sampler, MutedThreadIsNeverSampled) {
  const ScopedSampling sampling(1);
  ThreadState state = FreshThread(1);
  state.muted = true;
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(Allocate(state, 1 << 20), 0u);
  for (uint64_t size : {uint64_t{1} << 63, ~uint64_t{0}, ~uint64_t{0}}) ASSERT_EQ(Allocate(state, size), 0u);
}

TEST(Sampler, NothingIsSampledWhileOff) {
  const ScopedSampling sampling(0, kPollBytes);
  ThreadState state{};
  for (int i = 0; i < 100000; ++i) ASSERT_EQ(Allocate(state, 1000), 0u);
  EXPECT_EQ(state.random_state, 0u) << "nothing was drawn";
  EXPECT_LE(state.bytes_until_sample, kPollBytes);
}

TEST(Sampler, SizeZeroIsNeverASample) {
  const ScopedSampling sampling(1);
  ThreadState state = FreshThread(1);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(Allocate(state, 0), 0u);
    ASSERT_EQ(Allocate(state, 1), 1u);
  }
}

TEST(Sampler, HugeSizesDoNotStopLaterSampling) {
  const ScopedSampling sampling(4096);
  for (const uint64_t huge : {uint64_t{1} << 62, uint64_t{1} << 63, (uint64_t{1} << 63) + 1, ~uint64_t{0} - 1, ~uint64_t{0}}) {
    SCOPED_TRACE(huge);
    ThreadState state = FreshThread(huge);
    for (int i = 0; i < 10; ++i) Allocate(state, huge);
    Allocate(state, 0);
    double sum = 0;
    for (int i = 0; i < 1000000; ++i) sum += static_cast<double>(Allocate(state, 64));
    EXPECT_NEAR(sum, 64e6, 4 * std::sqrt(64e6 * 4096)) << "a sum of weights has the variance bytes * interval";
  }
}

TEST(Sampler, IdleCountdownOutlastsHugeSizesToo) {
  ScopedSampling sampling(0);
  ThreadState state{};
  for (int i = 0; i < 5; ++i) Allocate(state, ~uint64_t{0});
  EXPECT_EQ(state.bytes_until_sample, kNever);
  longest_countdown_bytes = kPollBytes;
  sampling.SetInterval(1);
  Allocate(state, ~uint64_t{0});
  EXPECT_EQ(Allocate(state, 10), 10u);
}

TEST(ThreadState, IsSmallAndZeroIsOff) {
  EXPECT_LE(sizeof(ThreadState), 64u);
  ThreadState of_new_thread;
  std::thread([&] { of_new_thread = thread_state; }).join();
  EXPECT_EQ(of_new_thread.bytes_until_sample, 0u) << "the first byte comes to the slow path";
  EXPECT_EQ(of_new_thread.interval_bytes, 0u);
  EXPECT_EQ(of_new_thread.random_state, 0u);
  EXPECT_EQ(of_new_thread.stack_low, of_new_thread.stack_high);
  EXPECT_EQ(of_new_thread.thread_id, 0u);
  EXPECT_FALSE(of_new_thread.muted);
  EXPECT_EQ(Allocate(of_new_thread, 1 << 20), 0u) << "as long as nobody switched sampling on";
}

TEST(ThreadState, ThreadsDrawDifferently) {
  const ScopedSampling sampling(uint64_t{1} << 40);
  std::set<uint64_t> countdowns;
  for (int i = 0; i < 8; ++i) {
    std::thread([&] {
      Allocate(thread_state, 1);
      countdowns.insert(thread_state.bytes_until_sample);
    }).join();
  }
  EXPECT_EQ(countdowns.size(), 8u) << "also where a thread gets the memory and the millisecond of one that ended";
}

TEST(BeginAnew, ChildForgetsCountdownAndThreadNumberAndDrawsDifferently) {
  const ScopedSampling sampling(uint64_t{1} << 40);
  ThreadState parent = FreshThread(5);
  Allocate(parent, 1);
  parent.thread_id = 77;
  ThreadState child = parent;
  BeginAnew(child, 4711);
  EXPECT_EQ(child.thread_id, 0u);
  EXPECT_EQ(child.bytes_until_sample, 0u);
  EXPECT_EQ(child.interval_bytes, 0u);
  ThreadState other_child = parent;
  BeginAnew(other_child, 4712);
  Allocate(child, 1);
  Allocate(other_child, 1);
  EXPECT_NE(child.bytes_until_sample, parent.bytes_until_sample);
  EXPECT_NE(child.bytes_until_sample, other_child.bytes_until_sample);
}

}  // namespace
}  // namespace headroom::hot
