#include "trend/rise.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/made_history.h"

namespace headroom {
namespace {

using testing::Blocks;
using testing::ClockAt;
using testing::RisingBlocks;

constexpr double kSample = 100;  // bytes
constexpr RiseTest kTest{.bytes_per_sample = kSample, .died_ever = 0, .log_alpha = -20};

// The finest scale: blocks of 4 ticks, nine of them.
std::optional<GrowthWindow> Find(const BlockHistory& history, const RiseTest& test = kTest) {
  return FindRise(history, ClockAt(40), 0, test);
}

TEST(FindRise, FloorsThatRoseInEveryBlockAreAGrowth) {
  const auto window = Find(RisingBlocks(5 * kSample, 5));
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 8);
  EXPECT_EQ(window->ticks, 32U);
  EXPECT_EQ(window->end_tick, 40U);
  EXPECT_EQ(window->rise_bytes, 40 * kSample);
  EXPECT_EQ(window->entered, 45U);
  EXPECT_NEAR(window->log_p, -45 * M_LN2, 1e-9);
  EXPECT_NEAR(window->BytesPerTick(), 5 * kSample / 4, 1e-9);
}

TEST(FindRise, ItsOnsetIsWhenTheFirstOfItsSamplesWereBorn) {
  const auto window = Find(Blocks({0, 0, 0, 0, 0, 500, 1000, 1500, 2000}, 10));
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 4);
  // The floor of the block from tick 20 to 24 was at its start; what stood there then was 4 ticks old.
  EXPECT_EQ(window->onset_tick, 16U);
}

TEST(FindRise, GrowthThatBeganWithinABlockHasAPartOfThatAndOneThatQuickensTheWhole) {
  const auto straight = Find(Blocks({0, 0, 0, 150, 650, 1150, 1650, 2150, 2650}, 10));
  ASSERT_TRUE(straight);
  EXPECT_EQ(straight->rises, 6);
  EXPECT_NEAR(straight->first_share, 0.3, 1e-9);
  const auto quickening = Find(Blocks({0, 0, 100, 400, 900, 1600, 2500, 3600, 4900}, 10));
  ASSERT_TRUE(quickening);
  EXPECT_EQ(quickening->rises, 6);
  EXPECT_EQ(quickening->first_share, 1);
  EXPECT_GT(quickening->shape.exponent, 1.3);
}

TEST(FindRise, ASawtoothDoesNotRise) {
  EXPECT_FALSE(Find(Blocks({0, 500, 1000, 1500, 0, 500, 1000, 1500, 0}, 5)));
  EXPECT_FALSE(Find(Blocks({1000, 1500, 0, 500, 1000, 1500, 0, 500, 1000}, 5)));
}

// As Blocks, but nothing came in the blocks before those that stood still.
BlockHistory Stairs(const std::vector<double>& floors, uint64_t entered_each) {
  BlockHistory history = Blocks(floors, entered_each);
  for (size_t i = 1; i < floors.size(); ++i) history.entered[i - 1] = floors[i] > floors[i - 1] ? entered_each : 0;
  return history;
}

TEST(FindRise, GrowthByStairsMayStandStillInOneBlockOfFourBesideFourThatRose) {
  const auto window = Find(Stairs({0, 500, 1000, 1500, 1500, 2000, 2500, 2500, 3000}, 5));
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 8);
  EXPECT_EQ(window->flat, 2);
  EXPECT_FALSE(Find(Stairs({0, 0, 0, 0, 0, 500, 1000, 1000, 1500}, 10)));
  EXPECT_FALSE(Find(Stairs({0, 500, 1000, 1000, 1500, 1500, 2000, 2000, 2500}, 5)));
}

TEST(FindRise, ABlockThatStoodStillWhileSamplesCameAndWentBreaksTheWindow) {
  const std::vector<double> floors = {0, 500, 1000, 1500, 2000, 2000, 2500, 3000, 3500};
  EXPECT_TRUE(Find(Stairs(floors, 5)));
  EXPECT_FALSE(Find(Blocks(floors, 5)));
  BlockHistory history = Stairs(floors, 5);
  history.died[4] = 2;
  EXPECT_FALSE(Find(history));
}

TEST(FindRise, AWindowNeitherBeginsNorEndsWithABlockThatStoodStill) {
  EXPECT_FALSE(Find(Stairs({0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 3500}, 5)));
  const auto window = Find(Stairs({0, 0, 500, 1000, 1500, 2000, 2500, 3000, 3500}, 5));
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 7);
}

TEST(FindRise, ABlockThatFellBreaksTheWindow) {
  EXPECT_FALSE(Find(Blocks({0, 500, 1000, 1500, 2000, 1990, 2500, 3000, 3500}, 5)));
}

TEST(FindRise, ABlockMustRiseByAFifthOfTheMean) {
  EXPECT_TRUE(Find(Blocks({0, 500, 1000, 1500, 2000, 2500, 3000, 3110, 4000}, 10)));
  const auto window = Find(Blocks({0, 500, 1000, 1500, 1580, 2500, 3000, 3500, 4000}, 10));
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 4) << "the longest window that does";
}

TEST(FindRise, BelowTheRecordIsNoGrowth) {
  BlockHistory history = RisingBlocks(500, 5);
  history.record_bytes = 4100;
  EXPECT_FALSE(Find(history));
  history.record_bytes = 3900;
  ASSERT_TRUE(Find(history));
  EXPECT_EQ(Find(history)->new_bytes, 100);
}

TEST(FindRise, ARecordWhoseObjectsDiedMustBeExceededByMoreThanChanceMovesIt) {
  BlockHistory history = RisingBlocks(500, 5);
  history.record_bytes = 2000;  // 20 samples: 2.5 sqrt(40) = 15.8 above it
  RiseTest test = kTest;
  test.died_ever = 1000;
  EXPECT_TRUE(Find(history, test));
  history.record_bytes = 2900;
  EXPECT_FALSE(Find(history, test));
  test.died_ever = 0;
  EXPECT_TRUE(Find(history, test)) << "objects that still live are a record without error";
}

TEST(FindRise, NeedsTwelveSamples) {
  RiseTest test = kTest;
  test.log_alpha = -1;
  EXPECT_FALSE(Find(Blocks({0, 0, 0, 0, 0, 200, 400, 600, 800}, 2), test));
  EXPECT_TRUE(Find(Blocks({0, 0, 0, 0, 0, 300, 600, 900, 1200}, 3), test));
}

TEST(FindRise, IsCertainOnlyWhereChanceIsBelowAlpha) {
  const BlockHistory history = RisingBlocks(200, 2);
  RiseTest test = kTest;
  test.log_alpha = -18 * M_LN2 + 0.01;
  EXPECT_TRUE(Find(history, test));
  test.log_alpha = -18 * M_LN2 - 0.01;
  EXPECT_FALSE(Find(history, test));
}

TEST(FindRise, DeathsOfOldSamplesSpeakAgainstIt) {
  BlockHistory history = RisingBlocks(500, 30);
  history.died.fill(25);
  EXPECT_FALSE(Find(history));
  history.died.fill(2);
  EXPECT_TRUE(Find(history));
}

TEST(FindRise, BlocksThatAreNotKnownAreNotUsed) {
  BlockHistory history = RisingBlocks(500, 5);
  history.blocks = 6;
  ASSERT_TRUE(Find(history));
  EXPECT_EQ(Find(history)->rises, 5);
  history.blocks = 4;
  EXPECT_FALSE(Find(history));
}

TEST(FindRise, AGapInTheTicksMakesOneLongerBlock) {
  BlockClock clock = ClockAt(36);
  clock.Advance(100);
  const auto window = FindRise(RisingBlocks(500, 5), clock, 0, kTest);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 8);
  EXPECT_EQ(window->ticks, 92U);
}

std::optional<GrowthWindow> FindLevel(const BlockHistory& means, double noise_bytes) {
  return FindLevelRise(means, means, ClockAt(40), 0, noise_bytes);
}

TEST(FindLevelRise, MustBeThreeTimesTheNoiseThatItsFloorsShow) {
  // The rises scatter as floors with a standard deviation of 325 do.
  const BlockHistory history = Blocks({0, 120, 1100, 1220, 2200, 2320, 3300, 3420, 4400});
  EXPECT_TRUE(FindLevel(history, 1500));
  EXPECT_FALSE(FindLevel(history, 8000));
}

TEST(FindLevelRise, FloorsThatScatterLittleDoNotMakeSamplingExact) {
  const BlockHistory history = RisingBlocks(500, 0);
  EXPECT_TRUE(FindLevel(history, 6600));
  EXPECT_FALSE(FindLevel(history, 6700));
}

TEST(FindLevelRise, OneBlockInFourMayBeFlatAndBumpsDoNotCount) {
  EXPECT_TRUE(FindLevel(Blocks({0, 500, 1000, 1000, 1500, 2000, 2000, 2500, 3000}), 10));
  EXPECT_TRUE(FindLevel(Blocks({0, 500, 1000, 9000, 1500, 2000, 2500, 3000, 3500}), 10));
  EXPECT_FALSE(FindLevel(Blocks({0, 500, 500, 500, 1000, 1000, 1000, 1500, 1500}), 10));
}

TEST(FindLevelRise, MustBeSeenInTheLeastLevelToo) {
  const BlockHistory means = RisingBlocks(1000, 0);
  BlockHistory least = RisingBlocks(250, 0);
  least.ceiling_bytes = least.floor_bytes;
  EXPECT_TRUE(FindLevelRise(means, least, ClockAt(40), 0, 10));
  least.floor_bytes.back() -= 1;
  EXPECT_FALSE(FindLevelRise(means, least, ClockAt(40), 0, 10));
}

TEST(FindLevelRise, TheLeastLevelMustStandAboveItsOwnRecord) {
  const BlockHistory means = RisingBlocks(1000, 0);
  BlockHistory least = RisingBlocks(250, 0);
  least.ceiling_bytes = least.floor_bytes;
  least.record_bytes = least.floor_bytes.back();
  EXPECT_FALSE(FindLevelRise(means, least, ClockAt(40), 0, 10));
}

TEST(FindLevelRise, BeganInTheMiddleOfTheBlockBeforeIt) {
  const auto window = FindLevel(RisingBlocks(500, 0), 10);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->rises, 8);
  EXPECT_EQ(window->onset_tick, 6U) << "the block from tick 4 to 8";
  EXPECT_EQ(window->rise_ticks, 32U);
}

TEST(LogAlpha, AllTestsOfAYearTogetherProveTenGrowthsByChance) {
  for (const uint64_t sites : {50, 10000}) {
    double proofs = 0;
    for (int scale = 0; scale < kScales; ++scale) {
      const double blocks_a_year = 365.25 * 86400 / 10 / static_cast<double>(ScaleTicks(scale));
      proofs += std::exp(LogAlpha(scale, 10, sites)) * blocks_a_year * static_cast<double>(sites) * 5;
    }
    EXPECT_NEAR(proofs, 10, 1e-9);
  }
}

TEST(LogAlpha, AFasterClockThanTheUsualIsJudgedByThat) {
  EXPECT_EQ(LogAlpha(3, 0.25, 50), LogAlpha(3, 10, 50));
  EXPECT_GT(LogAlpha(3, 60, 50), LogAlpha(3, 10, 50));
}

TEST(LogAlpha, FewSitesCountAsFifty) { EXPECT_EQ(LogAlpha(3, 10, 1), LogAlpha(3, 10, 50)); }

}  // namespace
}  // namespace headroom
