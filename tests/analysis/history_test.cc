#include "analysis/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace headroom {
namespace {

constexpr uint64_t kSite = 7;
constexpr uint64_t kSampleBytes = 1 << 14;

// Of a site that holds so many bytes at each of 160 dumps.
History HistoryOf(const std::function<double(int)>& live_bytes) {
  History history;
  JoinedDump dump;
  dump.sample_bytes = kSampleBytes;
  dump.sites.resize(1);
  dump.sites[0].key = kSite;
  for (int i = 0; i < 160; ++i) {
    dump.time_s = i;
    dump.sites[0].counts.live_bytes = live_bytes(i);
    history.Add(dump);
  }
  history.Finish(dump);
  return history;
}

TEST(History, ASiteThatOnlyRisesIsNotSteadyHoweverFineTheSteps) {
  EXPECT_FALSE(HistoryOf([](int i) { return 16e6 + 3e5 * i; }).ShowsSteady(kSite));
}

TEST(History, ASiteThatHasFilledUpIsSteady) {
  EXPECT_TRUE(HistoryOf([](int i) { return 3e5 * std::min(i, 90); }).ShowsSteady(kSite));
}

TEST(History, ASiteThatComesAndGoesIsSteady) {
  EXPECT_TRUE(HistoryOf([](int i) { return 16e6 + 3e5 * (i % 20); }).ShowsSteady(kSite));
}

TEST(History, ARiseThatSamplingMayHaveMadeIsSteady) {
  EXPECT_TRUE(HistoryOf([](int i) { return 16e6 + 3e3 * i; }).ShowsSteady(kSite));
}

TEST(History, AFewPointsTellNothing) {
  EXPECT_FALSE(HistoryOf([](int i) { return i < 157 ? 0 : 16e6; }).ShowsSteady(kSite));
}

}  // namespace
}  // namespace headroom
