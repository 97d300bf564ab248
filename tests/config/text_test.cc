#include "config/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace headroom {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr uint64_t kKiB = 1024;

TEST(ParseSize, PlainNumberIsBytes) {
  EXPECT_EQ(ParseSize("0"), 0u);
  EXPECT_EQ(ParseSize("4096"), 4096u);
  EXPECT_EQ(ParseSize("4096B"), 4096u);
}

TEST(ParseSize, EveryUnitIsBinaryInItsShortFormToo) {
  EXPECT_EQ(ParseSize("512KiB"), 512 * kKiB);
  EXPECT_EQ(ParseSize("512K"), 512 * kKiB);
  EXPECT_EQ(ParseSize("3MiB"), 3 * kKiB * kKiB);
  EXPECT_EQ(ParseSize("3M"), 3 * kKiB * kKiB);
  EXPECT_EQ(ParseSize("7GiB"), 7 * kKiB * kKiB * kKiB);
  EXPECT_EQ(ParseSize("7G"), 7 * kKiB * kKiB * kKiB);
}

TEST(ParseSize, CaseAndSpacesAreFree) {
  EXPECT_EQ(ParseSize("64kib"), 64 * kKiB);
  EXPECT_EQ(ParseSize("64kIB"), 64 * kKiB);
  EXPECT_EQ(ParseSize(" 64 KiB "), 64 * kKiB);
}

TEST(ParseSize, FractionIsExact) {
  EXPECT_EQ(ParseSize("1.5GiB"), 3 * kKiB * kKiB * kKiB / 2);
  EXPECT_EQ(ParseSize("0.001K"), 1u);
  EXPECT_EQ(ParseSize("0.25000000000000000000001M"), 256 * kKiB);
}

TEST(ParseSize, FractionOfAByteIsRefused) {
  EXPECT_FALSE(ParseSize("1.5"));
  EXPECT_FALSE(ParseSize("1.5B"));
}

TEST(ParseSize, LargestValueFitsAndTheNextDoesNot) {
  EXPECT_EQ(ParseSize("18446744073709551615"), std::numeric_limits<uint64_t>::max());
  EXPECT_FALSE(ParseSize("18446744073709551616"));
  EXPECT_TRUE(ParseSize("17179869183GiB"));
  EXPECT_FALSE(ParseSize("17179869184GiB"));
  EXPECT_FALSE(ParseSize("18446744073709551615GiB"));
}

TEST(ParseSize, WhatIsNoSizeIsRefused) {
  for (const char* text : {"", " ", "KiB", "-1", "+1", "1..5K", "1.K", ".5K", "1e3", "0x10", "1KB", "1kbit", "5TiB",
                           "1,5G", "12 34", "1K2", "10s", "inf", "nan"}) {
    EXPECT_FALSE(ParseSize(text)) << text;
  }
}

TEST(ParseSize, TextNeedsNoTerminator) { EXPECT_EQ(ParseSize(std::string_view("12KiB345", 5)), 12 * kKiB); }

TEST(ParseDuration, EveryUnitIsRead) {
  EXPECT_EQ(ParseDuration("250ms"), milliseconds(250));
  EXPECT_EQ(ParseDuration("10s"), seconds(10));
  EXPECT_EQ(ParseDuration("3m"), minutes(3));
  EXPECT_EQ(ParseDuration("1h"), hours(1));
  EXPECT_EQ(ParseDuration("7d"), hours(7 * 24));
  EXPECT_EQ(ParseDuration("7 D"), hours(7 * 24));
}

TEST(ParseDuration, FractionIsExact) {
  EXPECT_EQ(ParseDuration("1.5h"), minutes(90));
  EXPECT_EQ(ParseDuration("0.1s"), milliseconds(100));
  EXPECT_EQ(ParseDuration("0.25ms"), microseconds(250));
}

TEST(ParseDuration, OnlyZeroNeedsNoUnit) {
  EXPECT_EQ(ParseDuration("0"), nanoseconds(0));
  EXPECT_EQ(ParseDuration("0.0"), nanoseconds(0));
  EXPECT_FALSE(ParseDuration("10"));
  EXPECT_FALSE(ParseDuration("0.5"));
}

TEST(ParseDuration, OverflowIsRefused) {
  EXPECT_TRUE(ParseDuration("106751d"));
  EXPECT_FALSE(ParseDuration("106752d"));
  EXPECT_FALSE(ParseDuration("18446744073709551615d"));
}

TEST(ParseDuration, WhatIsNoDurationIsRefused) {
  for (const char* text : {"", "s", "-1s", "1h30m", "1w", "1sec", "1us", "fast", "10KiB", "1.s"}) {
    EXPECT_FALSE(ParseDuration(text)) << text;
  }
}

TEST(ParsePercent, SignIsNeededAndFractionsAreRead) {
  EXPECT_DOUBLE_EQ(ParsePercent("0.5%").value(), 0.005);
  EXPECT_DOUBLE_EQ(ParsePercent("100 %").value(), 1.0);
  EXPECT_DOUBLE_EQ(ParsePercent("0%").value(), 0.0);
  for (const char* text : {"", "%", "0.5", "-1%", "1%%", "a%"}) EXPECT_FALSE(ParsePercent(text)) << text;
}

TEST(ParseBool, EveryWordIsRead) {
  for (const char* text : {"1", "true", "on", "yes", "TRUE", "On", " yes "}) EXPECT_EQ(ParseBool(text), true) << text;
  for (const char* text : {"0", "false", "off", "no", "False", "OFF", " no "})
    EXPECT_EQ(ParseBool(text), false) << text;
  for (const char* text : {"", "2", "y", "enabled", "-1", "01", "o"}) EXPECT_FALSE(ParseBool(text)) << text;
}

TEST(PrintSize, LargestUnitThatFitsWithTwoDecimals) {
  EXPECT_EQ(PrintSize(0), "0B");
  EXPECT_EQ(PrintSize(1), "1B");
  EXPECT_EQ(PrintSize(1023), "1023B");
  EXPECT_EQ(PrintSize(512 * kKiB), "512KiB");
  EXPECT_EQ(PrintSize(1536 * kKiB), "1.5MiB");
  EXPECT_EQ(PrintSize(1034 * kKiB), "1.01MiB");
  EXPECT_EQ(PrintSize(std::numeric_limits<uint64_t>::max()), "17179869184GiB");
}

TEST(PrintDuration, LargestUnitThatFitsWithTwoDecimals) {
  EXPECT_EQ(PrintDuration(nanoseconds(0)), "0s");
  EXPECT_EQ(PrintDuration(microseconds(500)), "0.5ms");
  EXPECT_EQ(PrintDuration(milliseconds(250)), "250ms");
  EXPECT_EQ(PrintDuration(seconds(10)), "10s");
  EXPECT_EQ(PrintDuration(minutes(90)), "1.5h");
  EXPECT_EQ(PrintDuration(hours(24 * 7)), "7d");
}

TEST(PrintPercent, TwoDecimals) {
  EXPECT_EQ(PrintPercent(0), "0%");
  EXPECT_EQ(PrintPercent(0.005), "0.5%");
  EXPECT_EQ(PrintPercent(0.00123), "0.12%");
  EXPECT_EQ(PrintPercent(1.5), "150%");
}

TEST(Print, WhatIsPrintedIsReadBack) {
  for (uint64_t bytes : {uint64_t{1}, 512 * kKiB, 16 * kKiB * kKiB, 3 * kKiB * kKiB / 2}) {
    EXPECT_EQ(ParseSize(PrintSize(bytes)), bytes);
  }
  for (nanoseconds duration : {nanoseconds(milliseconds(10)), nanoseconds(seconds(90)), nanoseconds(hours(36))}) {
    EXPECT_EQ(ParseDuration(PrintDuration(duration)), duration);
  }
}

}  // namespace
}  // namespace headroom
