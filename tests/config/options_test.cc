#include "config/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace headroom {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

ParsedOptions Parse(std::vector<std::string_view> settings) { return ParseOptions(settings); }

TEST(Options, DefaultsAreTheContracts) {
  const Options options;
  EXPECT_TRUE(options.enable);
  EXPECT_EQ(options.sample_bytes, 512u << 10);
  EXPECT_EQ(options.interval, seconds(10));
  EXPECT_EQ(options.limit_bytes, std::nullopt);
  EXPECT_EQ(options.warn_within, hours(7 * 24));
  EXPECT_EQ(options.critical_within, hours(1));
  ASSERT_EQ(options.alarm_sinks.size(), 1u);
  EXPECT_EQ(options.alarm_sinks[0].kind, AlarmSinkSpec::Kind::kStderr);
  EXPECT_EQ(options.recorder.kind, RecorderSpec::Kind::kAuto);
  EXPECT_EQ(options.dump_dir, "");
  EXPECT_EQ(options.dump_interval, std::chrono::minutes(10));
  EXPECT_EQ(options.cpu_budget, 0.005);
  EXPECT_EQ(options.memory_budget_bytes, 16u << 20);
  EXPECT_EQ(options.log_level, LogLevel::kWarning);
}

TEST(OptionSpecs, DefaultTextsAreTheContracts) {
  std::map<std::string, std::string> defaults;
  for (const OptionSpec& spec : OptionSpecs()) defaults.emplace(spec.name, spec.default_text);
  const std::map<std::string, std::string> contract = {
      {"ENABLE", "1"},     {"SAMPLE_BYTES", "512KiB"}, {"INTERVAL", "10s"}, {"KNOWLEDGE_DIR", "off"},
      {"AUTOSTART", "0"},  {"SUPPRESS", "none"},
      {"LIMIT", "auto"},   {"WARN_WITHIN", "7d"},      {"CRITICAL_WITHIN", "1h"},
      {"ALARM", "stderr"}, {"RECORDER", "auto"},       {"MEMORY_BUDGET", "16MiB"},
      {"CPU_BUDGET", "0.5%"}, {"LOG", "warning"},       {"DUMP_DIR", "off"},
      {"DUMP_INTERVAL", "10m"}};
  EXPECT_EQ(defaults, contract);
}

TEST(OptionSpecs, VariableAndFlagComeFromTheName) {
  const OptionSpec& spec = OptionSpecs()[2];
  EXPECT_EQ(spec.Variable(), "HEADROOM_SAMPLE_BYTES");
  EXPECT_EQ(spec.Flag(), "--sample-bytes");
}

TEST(OptionSpecs, EveryDefaultIsAValueTheOptionTakes) {
  for (const OptionSpec& spec : OptionSpecs()) {
    Options options;
    EXPECT_TRUE(spec.set(options, spec.default_text)) << spec.name;
  }
}

TEST(ParseOptions, NoSettingsGiveTheDefaults) {
  const ParsedOptions parsed = Parse({});
  EXPECT_EQ(parsed.options.sample_bytes, Options().sample_bytes);
  EXPECT_THAT(parsed.complaints, IsEmpty());
}

TEST(ParseOptions, EveryOptionIsRead) {
  const ParsedOptions parsed =
      Parse({"HEADROOM_ENABLE=off", "HEADROOM_SAMPLE_BYTES=1MiB", "HEADROOM_INTERVAL=250ms", "HEADROOM_LIMIT=2GiB",
             "HEADROOM_WARN_WITHIN=2d", "HEADROOM_CRITICAL_WITHIN=30m", "HEADROOM_ALARM=stderr,file:/tmp/a",
             "HEADROOM_RECORDER=/tmp/r.hr", "HEADROOM_MEMORY_BUDGET=8MiB", "HEADROOM_LOG=debug"});
  EXPECT_THAT(parsed.complaints, IsEmpty());
  EXPECT_FALSE(parsed.options.enable);
  EXPECT_EQ(parsed.options.sample_bytes, 1u << 20);
  EXPECT_EQ(parsed.options.interval, milliseconds(250));
  EXPECT_EQ(parsed.options.limit_bytes, 2ull << 30);
  EXPECT_EQ(parsed.options.warn_within, hours(48));
  EXPECT_EQ(parsed.options.critical_within, seconds(1800));
  EXPECT_EQ(parsed.options.alarm_sinks.size(), 2u);
  EXPECT_EQ(parsed.options.recorder.path, "/tmp/r.hr");
  EXPECT_EQ(parsed.options.memory_budget_bytes, 8u << 20);
  EXPECT_EQ(parsed.options.log_level, LogLevel::kDebug);
}

TEST(ParseOptions, ForeignVariablesAreNobodysBusiness) {
  EXPECT_THAT(Parse({"PATH=/bin", "XDG_RUNTIME_DIR=/run", "headroom_limit=1", "HEADROOM=1", "", "="}).complaints,
              IsEmpty());
}

struct BadValue {
  const char* setting;
  const char* complaint;
};

class EveryOption : public testing::TestWithParam<BadValue> {};

TEST_P(EveryOption, BadValueGivesOneLineWithWhatIsTakenAndTheDefault) {
  EXPECT_THAT(Parse({GetParam().setting}).complaints, ElementsAre(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    BadValues, EveryOption,
    testing::Values(
        BadValue{"HEADROOM_ENABLE=maybe",
                 "HEADROOM_ENABLE=maybe is not taken; it takes 0 or 1 (also false, true, off, on, no, yes); "
                 "the default 1 is used"},
        BadValue{"HEADROOM_SAMPLE_BYTES=0",
                 "HEADROOM_SAMPLE_BYTES=0 is not taken; it takes a size from 1B to 1GiB in B, KiB, MiB or GiB; "
                 "the default 512KiB is used"},
        BadValue{"HEADROOM_INTERVAL=10",
                 "HEADROOM_INTERVAL=10 is not taken; it takes a duration from 10ms to 1d in ms, s, m, h or d; "
                 "the default 10s is used"},
        BadValue{"HEADROOM_LIMIT=512",
                 "HEADROOM_LIMIT=512 is not taken; it takes auto, or a size from 1MiB to 131072GiB in B, KiB, MiB or "
                 "GiB; the default auto is used"},
        BadValue{"HEADROOM_WARN_WITHIN=-1d",
                 "HEADROOM_WARN_WITHIN=-1d is not taken; it takes a duration from 0s to 3650d in ms, s, m, h or d; "
                 "the default 7d is used"},
        BadValue{"HEADROOM_CRITICAL_WITHIN=soon",
                 "HEADROOM_CRITICAL_WITHIN=soon is not taken; it takes a duration from 0s to 3650d in ms, s, m, h or "
                 "d; the default 1h is used"},
        BadValue{"HEADROOM_ALARM=pigeon",
                 "HEADROOM_ALARM=pigeon is not taken; it takes a comma list of stderr, journald, syslog, file:PATH with "
                 "an absolute path, exec:COMMAND with an absolute path and arguments between spaces, "
                 "http://ADDRESS:PORT/ with a numeric address or localhost (an Alertmanager); the default stderr is "
                 "used"},
        BadValue{"HEADROOM_RECORDER=r.hr",
                 "HEADROOM_RECORDER=r.hr is not taken; it takes auto, off or the absolute path of a file; "
                 "the default auto is used"},
        BadValue{"HEADROOM_MEMORY_BUDGET=1MiB",
                 "HEADROOM_MEMORY_BUDGET=1MiB is not taken; it takes a size from 6MiB to 4GiB in B, KiB, MiB or GiB; "
                 "the default 16MiB is used"},
        BadValue{"HEADROOM_LOG=loud",
                 "HEADROOM_LOG=loud is not taken; it takes off, error, warning, info or debug; "
                 "the default warning is used"}));

TEST(ParseOptions, RangesOfTheTableHold) {
  EXPECT_THAT(Parse({"HEADROOM_SAMPLE_BYTES=1", "HEADROOM_SAMPLE_BYTES=1GiB", "HEADROOM_INTERVAL=10ms",
                     "HEADROOM_INTERVAL=1d", "HEADROOM_MEMORY_BUDGET=6MiB", "HEADROOM_MEMORY_BUDGET=4GiB"})
                  .complaints,
              IsEmpty());
  EXPECT_EQ(Parse({"HEADROOM_SAMPLE_BYTES=1073741825", "HEADROOM_INTERVAL=9.9ms", "HEADROOM_INTERVAL=25h",
                   "HEADROOM_MEMORY_BUDGET=5.9MiB", "HEADROOM_MEMORY_BUDGET=4.1GiB"})
                .complaints.size(),
            5u);
}

TEST(ParseOptions, BadValueStopsNothingElse) {
  const ParsedOptions parsed = Parse({"HEADROOM_LIMIT=x", "HEADROOM_INTERVAL=1s", "HEADROOM_SAMPLE_BYTES=x"});
  EXPECT_EQ(parsed.options.interval, seconds(1));
  EXPECT_EQ(parsed.options.sample_bytes, 512u << 10);
  EXPECT_EQ(parsed.complaints.size(), 2u);
}

TEST(ParseOptions, LaterSettingWinsEvenWhenItIsBad) {
  EXPECT_EQ(Parse({"HEADROOM_INTERVAL=1s", "HEADROOM_INTERVAL=2s"}).options.interval, seconds(2));
  EXPECT_EQ(Parse({"HEADROOM_INTERVAL=1s", "HEADROOM_INTERVAL=x"}).options.interval, seconds(10));
}

TEST(ParseOptions, EmptyValueIsABadValue) {
  EXPECT_EQ(Parse({"HEADROOM_LIMIT=", "HEADROOM_LOG"}).complaints.size(), 2u);
}

TEST(ParseOptions, TypoInANameIsAnsweredWithTheNearestName) {
  EXPECT_THAT(Parse({"HEADROOM_SAMPLE_BYTE=1"}).complaints,
              ElementsAre("HEADROOM_SAMPLE_BYTE is not an option and is ignored; did you mean HEADROOM_SAMPLE_BYTES?"));
}

TEST(ParseOptions, UnknownNameIsAnsweredWithTheWayToTheList) {
  EXPECT_THAT(Parse({"HEADROOM_FLAVOUR=1"}).complaints,
              ElementsAre("HEADROOM_FLAVOUR is not an option and is ignored; `headroom options` lists them"));
}

TEST(ParseOptions, ComplaintIsOnePrintableLineOfBoundedLength) {
  const std::string setting = "HEADROOM_LIMIT=a\nb\tc\x1b[31m" + std::string(5000, 'x');
  const std::vector<std::string> complaints = Parse({setting}).complaints;
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_LT(complaints[0].size(), 300u);
  for (char c : complaints[0]) EXPECT_TRUE(c >= ' ' && c <= '~') << static_cast<int>(c);
  EXPECT_THAT(complaints[0], testing::StartsWith("HEADROOM_LIMIT=a?b?c?[31mxx"));
}

TEST(ParseOptions, LostEntriesOfTheEnvironmentAreOneMoreComplaint) {
  static EnvironmentCopy environment;
  const std::string long_entry = "HEADROOM_RECORDER=/" + std::string(EnvironmentCopy::kCapacityBytes, 'x');
  const char* envp[] = {"HEADROOM_INTERVAL=1s", long_entry.c_str(), "HEADROOM_LOG=info", nullptr};
  environment.Fill(envp);
  const ParsedOptions parsed = ParseOptions(environment);
  EXPECT_EQ(parsed.options.interval, seconds(1));
  EXPECT_EQ(parsed.options.log_level, LogLevel::kInfo);
  EXPECT_THAT(parsed.complaints,
              ElementsAre("1 HEADROOM_ variables are ignored; all of them together take at most 8192 bytes"));
}

}  // namespace
}  // namespace headroom
