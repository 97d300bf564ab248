#include "trend/site_trend.h"

#include "gtest/gtest.h"
#include "tests/support/lifetimes.h"
#include "tests/support/simulated_site.h"

namespace headroom {
namespace {

using testing::SimulatedSite;

constexpr double kSample = 1024;
constexpr double kLogAlpha = -25;

testing::SiteModel Leaking(double samples_per_tick) {
  return {.site_key = 5,
          .object_bytes = 1e6,
          .bytes_per_tick = testing::Steadily(1e6 * samples_per_tick),
          .death_tick = testing::Leaked()};
}

// One site, shown each tick.
class Followed {
 public:
  explicit Followed(testing::SiteModel model) : simulated_(std::move(model), 1, 1e-3), trend_(0, SiteSnapshot()) {
    clock_.Start(0);
  }

  void Run(int ticks) {
    for (int i = 0; i < ticks; ++i) {
      simulated_.Step(tick_, kSample);
      const TickContext context{tick_, 0, clock_, clock_.Advance(tick_)};
      const SiteReading reading = ReadSite(simulated_.snapshot());
      trend_.Observe(context, simulated_.snapshot(), reading);
      for (int scale = 0; scale < trend_.ladder().scales(); ++scale) {
        if (Contains(context.due, scale)) trend_.Judge(context, scale, reading, kLogAlpha);
      }
      trend_.Refresh(context, simulated_.snapshot(), reading);
      ++tick_;
    }
  }

  void RunWithout(int ticks) {
    for (int i = 0; i < ticks; ++i, ++tick_) {
      trend_.ObserveNothing({tick_, 0, clock_, clock_.Advance(tick_)});
    }
  }

  SiteTrend& trend() { return trend_; }
  const SiteSnapshot& snapshot() const { return simulated_.snapshot(); }
  uint64_t tick() const { return tick_; }

 private:
  SimulatedSite simulated_;
  BlockClock clock_;
  SiteTrend trend_;
  uint64_t tick_ = 0;
};

TEST(SiteTrend, AGrowthSaysWhatIsLiveNow) {
  Followed site(Leaking(2));
  site.Run(200);
  const Growth* growth = site.trend().growth();
  ASSERT_NE(growth, nullptr);
  EXPECT_EQ(growth->site_key, 5U);
  EXPECT_EQ(growth->live_samples, site.snapshot().live_samples());
  EXPECT_EQ(growth->live_bytes, site.snapshot().live_bytes());
  EXPECT_LT(growth->survivors, growth->live_samples);
  EXPECT_EQ(growth->died_older, 0U);
  EXPECT_EQ(growth->window.hazard_per_tick, 0);
  EXPECT_TRUE(growth->has_ages);
}

TEST(SiteTrend, TheHazardIsOfThoseTwiceAsOldAsTheWindowAsks) {
  testing::SiteModel model = Leaking(20);
  model.death_tick = testing::LivesExponentially(1000);
  Followed site(model);
  site.Run(150);
  ASSERT_NE(site.trend().growth(), nullptr);
  EXPECT_NEAR(site.trend().growth()->window.hazard_per_tick, 1e-3, 5e-4);
}

TEST(SiteTrend, ASiteThatVanishedDoesNotGrow) {
  Followed site(Leaking(2));
  site.Run(200);
  site.RunWithout(1);
  EXPECT_EQ(site.trend().growth(), nullptr);
}

TEST(SiteTrend, ASiteLongEmptyIsOver) {
  Followed site(Leaking(2));
  site.Run(10);
  site.RunWithout(1000);
  EXPECT_FALSE(site.trend().IsOver(site.tick(), 1024));
  site.RunWithout(40);
  EXPECT_TRUE(site.trend().IsOver(site.tick(), 1024));
  EXPECT_FALSE(site.trend().IsOver(site.tick(), 2000));
}

TEST(SiteTrend, CountsThatGoBackwardsAreARestart) {
  Followed site(Leaking(2));
  site.Run(50);
  SiteSnapshot snapshot = site.snapshot();
  EXPECT_FALSE(site.trend().HasRestarted(snapshot));
  --snapshot.born_samples;
  EXPECT_TRUE(site.trend().HasRestarted(snapshot));
}

TEST(SiteTrend, TakesLessThanTwoKibibytes) {
  Followed site(Leaking(1));
  site.Run(20000);
  EXPECT_EQ(site.trend().ladder().scales(), kScales);
  EXPECT_LE(sizeof(SiteTrend) + site.trend().heap_bytes(), 2048U);
}

}  // namespace
}  // namespace headroom
