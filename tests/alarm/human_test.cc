#include "alarm/human.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace headroom {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMiB = 1024 * 1024;

template <typename Value>
std::string Say(void (*append)(Value, TextBuffer&), std::type_identity_t<Value> value) {
  FixedText<200> out;
  append(value, out);
  return std::string(out.view());
}

TEST(Human, BytesHaveThreeDigitsAtMost) {
  EXPECT_EQ(Say(AppendBytes, 0), "0 B");
  EXPECT_EQ(Say(AppendBytes, 999), "999 B");
  EXPECT_EQ(Say(AppendBytes, 1000), "1.0 KiB");
  EXPECT_EQ(Say(AppendBytes, 12.42 * kMiB), "12.4 MiB");
  EXPECT_EQ(Say(AppendBytes, 99.96 * kMiB), "100 MiB");
  EXPECT_EQ(Say(AppendBytes, 1023 * kMiB), "1.0 GiB");
  EXPECT_EQ(Say(AppendBytes, -2048), "-2.0 KiB");
}

TEST(Human, HugeAndImpossibleBytesAreBounded) {
  EXPECT_EQ(Say(AppendBytes, 1.8e19), "15987 PiB");
  EXPECT_EQ(Say(AppendBytes, std::nan("")), "an unknown amount");
  EXPECT_EQ(Say(AppendBytes, kInfinity), "an unknown amount");
  EXPECT_LT(Say(AppendBytes, 1e300).size(), 30u);
}

TEST(Human, DurationsUseTheTwoLargestUnits) {
  EXPECT_EQ(Say(AppendDuration, 0.25), "250 ms");
  EXPECT_EQ(Say(AppendDuration, 45), "45 s");
  EXPECT_EQ(Say(AppendDuration, 150), "2 min 30 s");
  EXPECT_EQ(Say(AppendDuration, 12000), "3 h 20 min");
  EXPECT_EQ(Say(AppendDuration, 7200), "2 h");
  EXPECT_EQ(Say(AppendDuration, 86400 * 2 + 3600 * 4 + 59), "2 d 4 h");
}

TEST(Human, ImpossibleDurationsAreNotNumbers) {
  EXPECT_EQ(Say(AppendDuration, -1), "an unknown time");
  EXPECT_EQ(Say(AppendDuration, std::nan("")), "an unknown time");
  EXPECT_EQ(Say(AppendDuration, 1e30), "more than 1000 d");
}

TEST(Human, RateTakesItsUnitOfTimeFromItsSize) {
  const auto rate = [](double per_s) { return Say<const Interval&>(AppendRate, {per_s, per_s / 2, per_s * 2}); };
  EXPECT_EQ(rate(512 * 1024), "about 512 KiB/s (256 KiB/s to 1.0 MiB/s with 80 % confidence)");
  EXPECT_EQ(rate(12.4 * kMiB / 3600), "about 12.4 MiB/h (6.2 MiB/h to 24.8 MiB/h with 80 % confidence)");
  EXPECT_EQ(rate(2.4 * kMiB / 86400), "about 2.4 MiB/day (1.2 MiB/day to 4.8 MiB/day with 80 % confidence)");
}

TEST(Human, TimeLeftMayBeOpenAtItsEnd) {
  EXPECT_EQ(Say<const Interval&>(AppendTimeLeft, {24000, 18600, 32400}), "about 6 h 40 min (5 h 10 min to 9 h)");
  EXPECT_EQ(Say<const Interval&>(AppendTimeLeft, {24000, 18600, kInfinity}), "about 6 h 40 min (5 h 10 min or more)");
}

TEST(Human, TimesAreUtcAndIndependentOfTheZone) {
  EXPECT_EQ(Say(AppendUtc, 1714584123.999), "2024-05-01 17:22:03 UTC");
  EXPECT_EQ(Say(AppendRfc3339, 1714584123.25), "2024-05-01T17:22:03.250Z");
  EXPECT_EQ(Say(AppendRfc3339, 1709164799.9999), "2024-02-29T00:00:00.000Z")
      << "rounds up over midnight into a leap day";
}

TEST(Human, TimesOutOfRangeStayWellFormed) {
  EXPECT_EQ(Say(AppendRfc3339, -5), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(Say(AppendRfc3339, 1e18), "9999-12-31T23:59:59.000Z");
  EXPECT_EQ(Say(AppendRfc3339, std::nan("")), "1970-01-01T00:00:00.000Z");
}

}  // namespace
}  // namespace headroom
