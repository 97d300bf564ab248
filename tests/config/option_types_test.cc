#include "config/option_types.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

using std::chrono::milliseconds;

TEST(SizeOption, BothEndsOfTheRangeAreIn) {
  const Bounds bounds{"1KiB", "1MiB"};
  EXPECT_EQ(SizeOption::Parse("1KiB", bounds), 1024u);
  EXPECT_EQ(SizeOption::Parse("1MiB", bounds), 1u << 20);
  EXPECT_FALSE(SizeOption::Parse("1023", bounds));
  EXPECT_FALSE(SizeOption::Parse("1048577", bounds));
  EXPECT_FALSE(SizeOption::Parse("much", bounds));
}

TEST(DurationOption, BothEndsOfTheRangeAreIn) {
  const Bounds bounds{"10ms", "1s"};
  EXPECT_EQ(DurationOption::Parse("10ms", bounds), milliseconds(10));
  EXPECT_EQ(DurationOption::Parse("1s", bounds), milliseconds(1000));
  EXPECT_FALSE(DurationOption::Parse("9.999ms", bounds));
  EXPECT_FALSE(DurationOption::Parse("1001ms", bounds));
}

TEST(PercentOption, BothEndsOfTheRangeAreInAndTheSignIsNeeded) {
  const Bounds bounds{"0.01%", "100%"};
  EXPECT_EQ(PercentOption::Parse("0.5%", bounds), 0.005);
  EXPECT_EQ(PercentOption::Parse("100%", bounds), 1.0);
  EXPECT_EQ(PercentOption::Parse("0.01%", bounds), 0.0001);
  EXPECT_FALSE(PercentOption::Parse("0%", bounds));
  EXPECT_FALSE(PercentOption::Parse("101%", bounds));
  EXPECT_FALSE(PercentOption::Parse("0.5", bounds));
}

TEST(LimitOption, AutoIsNoLimit) {
  const Bounds bounds{"1MiB", "1GiB"};
  ASSERT_TRUE(LimitOption::Parse("auto", bounds));
  EXPECT_EQ(*LimitOption::Parse("AUTO", bounds), std::nullopt);
  EXPECT_EQ(LimitOption::Parse("2MiB", bounds), std::optional<uint64_t>(2u << 20));
  EXPECT_FALSE(LimitOption::Parse("512", bounds));
  EXPECT_FALSE(LimitOption::Parse("atuo", bounds));
}

TEST(AlarmOption, ListOfSinksKeepsItsOrder) {
  auto sinks = AlarmOption::Parse("file:/var/log/a.jsonl,stderr,file:/b c", {});
  ASSERT_TRUE(sinks);
  ASSERT_EQ(sinks->size(), 3u);
  EXPECT_EQ((*sinks)[0].kind, AlarmSinkSpec::Kind::kFile);
  EXPECT_EQ((*sinks)[0].path, "/var/log/a.jsonl");
  EXPECT_EQ((*sinks)[1].kind, AlarmSinkSpec::Kind::kStderr);
  EXPECT_EQ((*sinks)[2].path, "/b c");
}

TEST(AlarmOption, OneUnknownSinkRefusesTheList) {
  for (const char* text : {"", ",", "stderr,", ",stderr", "stderr,,stderr", "stdout", "stderr, stderr", "stderr,exec:ls"})
    EXPECT_FALSE(AlarmOption::Parse(text, {})) << text;
}

TEST(RecorderOption, AutoOffOrPath) {
  EXPECT_EQ(RecorderOption::Parse("auto", {}).value().kind, RecorderSpec::Kind::kAuto);
  EXPECT_EQ(RecorderOption::Parse("Off", {}).value().kind, RecorderSpec::Kind::kOff);
  auto file = RecorderOption::Parse("/run/x.hr", {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->kind, RecorderSpec::Kind::kPath);
  EXPECT_EQ(file->path, "/run/x.hr");
  for (const char* text : {"", "x.hr", "./x.hr", "/", "/run/", "on"})
    EXPECT_FALSE(RecorderOption::Parse(text, {})) << text;
}

TEST(DirectoryOption, OffOrAPath) {
  EXPECT_EQ(DirectoryOption::Parse("off", {}), "");
  EXPECT_EQ(DirectoryOption::Parse("/var/lib/x", {}), "/var/lib/x");
  EXPECT_EQ(DirectoryOption::Parse("/var/lib/x/", {}), "/var/lib/x");
  for (const char* text : {"", "x", "./x", "/", "//"}) EXPECT_FALSE(DirectoryOption::Parse(text, {})) << text;
}

TEST(LogOption, LevelsRiseWithTalk) {
  EXPECT_EQ(LogOption::Parse("off", {}), LogLevel::kOff);
  EXPECT_EQ(LogOption::Parse("error", {}), LogLevel::kError);
  EXPECT_EQ(LogOption::Parse("Warning", {}), LogLevel::kWarning);
  EXPECT_EQ(LogOption::Parse("info", {}), LogLevel::kInfo);
  EXPECT_EQ(LogOption::Parse("debug", {}), LogLevel::kDebug);
  EXPECT_FALSE(LogOption::Parse("warn", {}));
  EXPECT_FALSE(LogOption::Parse("", {}));
  EXPECT_LT(LogLevel::kError, LogLevel::kDebug);
}

TEST(FlagOption, TakesWhatItSays) {
  EXPECT_EQ(FlagOption::Parse("off", {}), false);
  EXPECT_EQ(FlagOption::Parse("1", {}), true);
  EXPECT_FALSE(FlagOption::Parse("maybe", {}));
}

}  // namespace
}  // namespace headroom
