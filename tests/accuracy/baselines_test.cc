#include "bench/accuracy/baselines.h"

#include <gtest/gtest.h>

#include <cmath>

#include "bench/accuracy/cry_book.h"
#include "bench/accuracy/line_fit.h"

namespace headroom::lab {
namespace {

TEST(LineFit, FindsTheLine) {
  const std::vector<double> values = {1, 3, 5, 7, 9.2};
  const LineFit fit = FitLine(values);
  EXPECT_NEAR(fit.slope, 2.04, 1e-12);
  EXPECT_NEAR(fit.end, 5.04 + 2 * 2.04, 1e-12);
  EXPECT_GT(fit.t, 30);
  EXPECT_NEAR(SenSlope(values), 2, 0.08);
}

TEST(MannKendall, CountsRisesAgainstFalls) {
  EXPECT_NEAR(MannKendall(std::vector<double>{1, 2, 3, 4}), 6 / std::sqrt(4 * 3 * 13 / 18.0), 1e-12);
  EXPECT_EQ(MannKendall(std::vector<double>{1, 2, 2, 1}), 0);
}

TEST(CryBook, OpensAfterItHeldAndClosesAfterItDidNot) {
  CryBook book(5, 60);
  for (uint64_t tick = 0; tick < 5; ++tick) book.Note(tick, 7, true);
  EXPECT_TRUE(book.Open(4).empty());
  book.Note(5, 7, true);
  ASSERT_EQ(book.Open(5).size(), 1U);
  EXPECT_EQ(book.Open(5)[0].site_key, 7U);
  book.Note(6, 7, false);
  EXPECT_EQ(book.Open(65).size(), 1U);
  EXPECT_TRUE(book.Open(66).empty());
}

TEST(CryBook, ABreakBeforeItOpensBeginsAnew) {
  CryBook book(5, 60);
  for (uint64_t tick = 0; tick < 20; ++tick) book.Note(tick, 0, tick % 5 != 4);
  EXPECT_TRUE(book.Open(19).empty());
}

// Each of them on a process of one site that grows evenly from 50 MiB to the limit of 100 MiB in four days.
TEST(Baselines, AllSeeALeakBesideNothing) {
  for (const auto& baselines : {LevelBaselines(), AgeBaselines(), GrowthBaselines()}) {
    for (const RuleKind& kind : baselines) {
      const auto rule = kind.make(60);
      Snapshot snapshot;
      SiteSnapshot& site = snapshot.sites.emplace_back();
      site.site_key = 3;
      bool cried = false;
      for (; snapshot.tick < 5760; ++snapshot.tick) {
        const double grown = 50.0 * 1048576 * static_cast<double>(snapshot.tick) / 5760;
        site.born_samples = static_cast<uint64_t>(grown / 65536);
        site.born_bytes = grown;
        site.live_by_age[5] = {site.born_samples / 2, grown / 2};
        site.live_by_age[10] = {site.born_samples - site.born_samples / 2, grown / 2};
        const auto& open = rule->Observe({snapshot, 50.0 * 1048576 + grown, 100.0 * 1048576, 0});
        cried |= !open.empty() && (!kind.names_sites || open.front().site_key == 3);
      }
      EXPECT_TRUE(cried) << kind.name;
    }
  }
}

}  // namespace
}  // namespace headroom::lab
