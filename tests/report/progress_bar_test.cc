#include "report/progress_bar.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(ProgressBar, WhoWaitsForLessThanHalfASecondSeesNone) {
  ProgressBar bar(100);
  EXPECT_EQ(bar.Show({1, 3, 7}, 100), "");
  EXPECT_EQ(bar.Show({2, 3, 8}, 100.4), "");
  EXPECT_EQ(bar.Wipe(), "");
}

TEST(ProgressBar, ShowsTheShareOfTheFilesAndTheDumpsReadThenWipesItself) {
  ProgressBar bar(100);
  EXPECT_EQ(bar.Show({1, 3, 1234}, 101), "\r[##########....................] 1 of 3 files, 1234 dumps read\x1b[K");
  EXPECT_EQ(bar.Wipe(), "\r\x1b[K");
}

TEST(ProgressBar, IsDrawnTenTimesASecondAtMost) {
  ProgressBar bar(100);
  int drawn = 0;
  for (int i = 0; i < 1000; ++i) drawn += bar.Show({0, 2, 0}, 100.6 + 0.001 * i).empty() ? 0 : 1;
  EXPECT_GE(drawn, 9);
  EXPECT_LE(drawn, 10);
}

TEST(ProgressBar, OfOneFileTheDumpsAloneAreCounted) {
  EXPECT_EQ(ProgressBar(0).Show({0, 1, 42}, 1), "\r42 dumps read\x1b[K");
}

TEST(ProgressBar, IsFullWhenTheLastFileIsRead) {
  EXPECT_EQ(ProgressBar(0).Show({2, 2, 2}, 1), "\r[" + std::string(30, '#') + "] 2 of 2 files, 2 dumps read\x1b[K");
}

}  // namespace
}  // namespace headroom
