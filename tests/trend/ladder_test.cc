#include "trend/ladder.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

// Holds one sample of so many bytes at the finest scales.
SiteReading Holding(double bytes, int scales = 1, uint64_t samples = 1, uint64_t died = 0) {
  SiteReading reading;
  for (int scale = 0; scale < scales; ++scale) reading[scale] = {bytes, samples, died};
  return reading;
}

class LadderTest : public ::testing::Test {
 protected:
  LadderTest() { clock_.Start(0); }

  // One further tick of the site; the first is 0.
  void See(const SiteReading& reading) {
    const ScaleSet due = clock_.Advance(tick_);
    ladder_.Observe(tick_++, reading, clock_, due);
  }
  void SeeNothing() { ladder_.ObserveNothing(clock_.Advance(tick_++)); }
  void SeeUnknown() { ladder_.ObserveUnknown(clock_.Advance(tick_++)); }

  Ladder ladder_{0};

 private:
  BlockClock clock_;
  uint64_t tick_ = 0;
};

TEST_F(LadderTest, KeepsTheLowestAndTheHighestOfEachBlock) {
  for (const double bytes : {30.0, 10.0, 50.0, 20.0, 40.0}) See(Holding(bytes));
  const BlockHistory history = ladder_.History(0);
  EXPECT_EQ(history.floor_bytes.back(), 10);
  EXPECT_EQ(history.ceiling_bytes.back(), 50);
}

TEST_F(LadderTest, GrowsARungWhenASampleIsOldEnoughForIt) {
  for (int i = 0; i < 5; ++i) See(Holding(10, 1));
  EXPECT_EQ(ladder_.scales(), 1);
  See(Holding(10, 3));
  EXPECT_EQ(ladder_.scales(), 3);
  EXPECT_TRUE(ladder_.has(2));
  EXPECT_FALSE(ladder_.has(3));
}

TEST_F(LadderTest, BeforeItsFirstOldSampleASiteHeldNothing) {
  for (int i = 0; i < 10; ++i) See(Holding(0, 0));
  for (int i = 0; i < 3; ++i) See(Holding(70));
  const BlockHistory history = ladder_.History(0);
  EXPECT_EQ(history.blocks, 3);
  EXPECT_EQ(history.ceiling_bytes[kBlocks - 2], 0);
  EXPECT_EQ(history.floor_bytes.back(), 0) << "the block in which the sample came began empty";
  EXPECT_EQ(history.ceiling_bytes.back(), 70);
  EXPECT_EQ(history.Entered(1), 1U);
}

TEST_F(LadderTest, ASiteThatIsGoneHoldsNothing) {
  for (int i = 0; i < 5; ++i) See(Holding(70));
  for (int i = 0; i < 4; ++i) SeeNothing();
  EXPECT_EQ(ladder_.History(0).floor_bytes.back(), 0);
  EXPECT_EQ(ladder_.History(0).ceiling_bytes.back(), 0);
  EXPECT_EQ(ladder_.History(0).RecordBefore(1), 70);
}

TEST_F(LadderTest, ATickOfWhichNothingIsKnownDoesNotLowerTheFloor) {
  for (int i = 0; i < 2; ++i) See(Holding(70));
  for (int i = 0; i < 3; ++i) SeeUnknown();
  EXPECT_EQ(ladder_.History(0).floor_bytes.back(), 70);
}

TEST_F(LadderTest, ABlockOfWhichNothingIsKnownBreaksTheHistory) {
  for (int i = 0; i < 9; ++i) See(Holding(70));
  EXPECT_EQ(ladder_.History(0).blocks, 2);
  for (int i = 0; i < 4; ++i) SeeUnknown();
  EXPECT_EQ(ladder_.History(0).blocks, 0);
  EXPECT_EQ(ladder_.History(0).record_bytes, 70);
}

TEST(Ladder, ASiteOfWhichThePastIsUnknownHasNoEmptyBlocksBehindIt) {
  BlockClock clock;
  clock.Start(0);
  for (uint64_t tick = 1; tick <= 12; ++tick) clock.Advance(tick);
  Ladder ladder(13);
  const ScaleSet due = clock.Advance(13);
  ladder.Observe(13, Holding(70), clock, due);
  EXPECT_EQ(ladder.History(0).blocks, 0);
}

TEST(Ladder, AllItsRungsTakeLessThanTwoKibibytes) {
  BlockClock clock;
  clock.Start(0);
  Ladder ladder(0);
  ladder.Observe(1, Holding(70, kScales), clock, clock.Advance(1));
  EXPECT_EQ(ladder.scales(), kScales);
  EXPECT_LE(sizeof(Ladder) + ladder.heap_bytes(), 2000U);
}

}  // namespace
}  // namespace headroom
