#include "hot/sampler/sampling_load.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "hot/sampler/sampler.h"
#include "tests/hot/scoped_sampling.h"

namespace headroom::hot {
namespace {

constexpr uint64_t kAsked = 4096;

class SamplingBrake : public ::testing::Test {
 protected:
  ~SamplingBrake() override { SetBrake(0); }

  static void CountSamples(int samples) {
    for (int i = 0; i < samples; ++i) CountSample(1);
  }
  static uint64_t interval() { return sample_interval_bytes; }

  ScopedSampling sampling_{kAsked};
};

TEST_F(SamplingBrake, HoldsFromItsQuotaOnAndAgainAfterEachEighth) {
  SetBrake(80);
  CountSamples(79);
  EXPECT_EQ(interval(), kAsked);
  CountSamples(1);
  EXPECT_EQ(interval(), 2 * kAsked);
  CountSamples(9);
  EXPECT_EQ(interval(), 2 * kAsked);
  CountSamples(1);
  EXPECT_EQ(interval(), 4 * kAsked);
}

TEST_F(SamplingBrake, CountsAnewOnceItIsSet) {
  SetBrake(10);
  CountSamples(9);
  SetBrake(10);
  CountSamples(9);
  EXPECT_EQ(interval(), kAsked);
}

TEST_F(SamplingBrake, WithoutQuotaNothingHappens) {
  SetBrake(0);
  CountSamples(100'000);
  EXPECT_EQ(interval(), kAsked);
}

TEST_F(SamplingBrake, IntervalHasAnEnd) {
  SetBrake(1);
  CountSamples(1000);
  EXPECT_EQ(interval(), kLongestIntervalBytes);
}

TEST_F(SamplingBrake, NeverSwitchesSamplingOn) {
  sampling_.SetInterval(0);
  SetBrake(1);
  CountSamples(10);
  EXPECT_EQ(interval(), 0u);
}

TEST_F(SamplingBrake, ThreadsThatMeetAtThePointDoubleOnce) {
  SetBrake(8000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back([] { CountSamples(2200); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(interval(), 2 * kAsked);
}

TEST_F(SamplingBrake, AThreadThatWasStoppedInASampleSpentLittleOnIt) {
  const uint64_t before = sampling_load.cycles;
  CountSample(1'000'000'000'000);
  CountSample(500);
  EXPECT_GE(sampling_load.cycles - before, 500u);
  EXPECT_LT(sampling_load.cycles - before, 1'000'000u);
}

}  // namespace
}  // namespace headroom::hot
