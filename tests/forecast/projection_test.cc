#include "forecast/projection.h"

#include <vector>

#include "forecast/time_left.h"
#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

using testing::StraightGrowth;

TEST(Project, AStraightGrowthGoesOnStraight) {
  const auto added = Project(std::vector{StraightGrowth(50, 800)}, std::vector<double>{100, 1000, 4000});
  ASSERT_EQ(added.size(), 3u);
  EXPECT_NEAR(added[0].estimate, 5000, 1);
  EXPECT_NEAR(added[2].estimate, 200000, 1);
}

TEST(Project, TheBandReachesALevelWhenTheTimeLeftSays) {
  const std::vector growths = {StraightGrowth(50, 800, 100), StraightGrowth(150, 400, 30)};
  const auto left = TicksLeft(growths, 1e6);
  ASSERT_TRUE(left);
  const auto added = Project(growths, std::vector<double>{left->low, left->estimate, left->high});
  EXPECT_NEAR(added[0].high, 1e6, 1e4);
  EXPECT_NEAR(added[1].estimate, 1e6, 10);
  EXPECT_NEAR(added[2].low, 1e6, 1e4);
}

TEST(Project, TheBandNeverClosesNorTurnsBack) {
  Growth growth = StraightGrowth(50, 800, 20);
  growth.window.shape.exponent_sd = 3;  // so unsure that early ends fall back as time goes on
  std::vector<double> ticks;
  for (int i = 1; i <= 100; ++i) ticks.push_back(i * 1000);
  Interval before;
  for (const Interval& bytes : Project(std::vector{growth}, ticks)) {
    EXPECT_LE(bytes.low, bytes.estimate);
    EXPECT_GE(bytes.high, bytes.estimate);
    EXPECT_GE(bytes.low, before.low);
    EXPECT_GE(bytes.high, before.high);
    before = bytes;
  }
}

TEST(Project, NothingGrowsToNothing) {
  EXPECT_EQ(Project({}, std::vector<double>{1, 2}).back().high, 0);
  Growth growth = StraightGrowth(50, 800);
  growth.live_bytes = 0;  // all that had grown is gone
  EXPECT_EQ(Project(std::vector{growth}, std::vector<double>{1, 2}).back().high, 0);
}

}  // namespace
}  // namespace headroom
