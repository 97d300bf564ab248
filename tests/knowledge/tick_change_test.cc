#include "knowledge/tick_change.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

// Bytes that fall with age, as all levels do: 1300 at the youngest scale, 100 at the oldest.
Records Falling() {
  Records records;
  for (int scale = 0; scale < kScales; ++scale) records[scale] = 100.0F * static_cast<float>(kScales - scale);
  return records;
}

double Age(int scale, double seconds_per_tick) { return static_cast<double>(ScaleTicks(scale)) * seconds_per_tick; }

TEST(WithTick, TheSameTickChangesNothing) { EXPECT_EQ(WithTick(Falling(), 10, 10), Falling()); }

TEST(WithTick, ATickTwiceAsLongMovesEachAgeOneScaleDown) {
  const Records changed = WithTick(Falling(), 10, 20);
  for (int scale = 0; scale + 1 < kScales; ++scale) EXPECT_EQ(changed[scale], Falling()[scale + 1]);
  EXPECT_EQ(changed[kScales - 1], 0) << "nothing that old was ever asked for";
}

TEST(WithTick, ATickHalfAsLongMovesEachAgeOneScaleUp) {
  const Records changed = WithTick(Falling(), 10, 5);
  for (int scale = 1; scale < kScales; ++scale) EXPECT_EQ(changed[scale], Falling()[scale - 1]);
  EXPECT_EQ(changed[0], Falling()[0]) << "at least so much is at least half as old";
}

TEST(WithTick, BetweenTwoScalesTheOlderOneCounts) {
  for (const double tick : {1.0, 7.0, 9.9, 10.1, 13.0, 60.0}) {
    const Records changed = WithTick(Falling(), 10, tick);
    for (int scale = 0; scale < kScales; ++scale) {
      int older = 0;
      while (older < kScales && Age(older, 10) < Age(scale, tick)) ++older;
      EXPECT_EQ(changed[scale], older < kScales ? Falling()[older] : 0) << scale << " at " << tick;
    }
  }
}

TEST(WithTick, TicksOfAnotherWorldLeaveNothingOrTheYoungest) {
  EXPECT_EQ(WithTick(Falling(), 0.01, 86400), Records{});
  EXPECT_EQ(WithTick(Falling(), 86400, 0.01)[kScales - 1], Falling()[0]);
}

}  // namespace
}  // namespace headroom
