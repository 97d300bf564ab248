#include "metrics/metric_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace headroom {
namespace {

TEST(MetricFamily, WritesItsHeadOnceAndNoneWithoutSamples) {
  FixedText<512> out;
  MetricFamily family("headroom_x_bytes", MetricKind::kGauge, "Some bytes.", out);
  family.Sample({{"pid", "1"}}, std::nullopt);
  EXPECT_EQ(out.view(), "");
  family.Sample({{"pid", "1"}}, 1.5);
  family.Sample({}, 2e9);
  EXPECT_EQ(out.view(),
            "# HELP headroom_x_bytes Some bytes.\n# TYPE headroom_x_bytes gauge\n"
            "headroom_x_bytes{pid=\"1\"} 1.5\nheadroom_x_bytes 2e+09\n");
}

TEST(MetricFamily, WritesNumbersThatAreNone) {
  FixedText<512> out;
  MetricFamily family("x_total", MetricKind::kCounter, "X.", out);
  for (const double value : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
    family.Sample({}, value);
  }
  EXPECT_EQ(out.view(), "# HELP x_total X.\n# TYPE x_total counter\nx_total +Inf\nx_total -Inf\nx_total NaN\n");
}

TEST(MetricFamily, LeavesOutASampleThatDoesNotFitWithAllBehindIt) {
  char memory[70];
  TextBuffer out(memory, sizeof(memory));
  MetricFamily family("x", MetricKind::kGauge, "X.", out);
  family.Sample({{"a", "1"}}, 1);
  const std::string fitting(out.view());
  family.Sample({{"a", "a label that is far too long for so little room"}}, 2);
  family.Sample({}, 3);
  EXPECT_EQ(out.view(), fitting);
  EXPECT_FALSE(family.is_whole());
}

TEST(MetricLabels, NoByteCanEndAValueOrALine) {
  const MetricLabels labels = {{"a", "q\"b\\c\nd\x7f"}, {"b", "\xff\xc3\xa4"}};
  EXPECT_EQ(labels.view(), "a=\"q\\\"b\\\\c?d?\",b=\"\xEF\xBF\xBD\xC3\xA4\"");
}

TEST(MetricLabels, CutsALongValueWithinItsQuotes) {
  const MetricLabels labels = {{"a", std::string(1000, '"')}};
  EXPECT_LE(labels.view().size(), MetricLabels::kMaxValueBytes + 4);
  EXPECT_TRUE(labels.view().ends_with("\\\"\xE2\x80\xA6\"")) << labels.view();
}

}  // namespace
}  // namespace headroom
