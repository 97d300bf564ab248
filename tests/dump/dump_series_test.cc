#include "dump/dump_series.h"

#include <gtest/gtest.h>

#include <string>

namespace headroom {
namespace {

DumpSeries SeriesOf(int files, size_t bytes_each, int* removed) {
  DumpSeries series;
  for (int i = 0; i < files; ++i) {
    series.Add({std::to_string(i), 600.0 * i, bytes_each});
    while (series.TakeExcess()) ++*removed;
  }
  return series;
}

TEST(DumpSeries, AShortOneStaysWhole) {
  int removed = 0;
  EXPECT_EQ(SeriesOf(256, 1000, &removed).entries().size(), 256u);
  EXPECT_EQ(removed, 0);
}

TEST(DumpSeries, ALongOneIsBoundedByCountAndReachesBackToItsStart) {
  int removed = 0;
  const DumpSeries series = SeriesOf(10000, 1000, &removed);
  EXPECT_EQ(series.entries().size(), DumpSeries::kMostFiles);
  EXPECT_EQ(removed, 10000 - 256);
  EXPECT_EQ(series.entries().front().path, "0");
  EXPECT_EQ(series.entries().back().path, "9999");
  EXPECT_EQ(series.entries()[254].path, "9998") << "the newest are all there";
}

TEST(DumpSeries, LargeDumpsAreBoundedByTheirBytes) {
  int removed = 0;
  const DumpSeries series = SeriesOf(100, size_t{4} << 20, &removed);
  EXPECT_EQ(series.entries().size(), 16u);
  EXPECT_EQ(series.entries().front().path, "0");
}

TEST(DumpSeries, TheNewestStaysHoweverLarge) {
  int removed = 0;
  const DumpSeries series = SeriesOf(3, DumpSeries::kMostBytes + 1, &removed);
  ASSERT_EQ(series.entries().size(), 1u);
  EXPECT_EQ(series.entries().front().path, "2");
}

}  // namespace
}  // namespace headroom
