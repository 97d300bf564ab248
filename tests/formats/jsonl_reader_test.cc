#include "formats/jsonl_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Line(double time_s, const std::string& sites) {
  return "{\"time_s\": " + std::to_string(time_s) + ", \"sites\": [" + sites + "]}\n";
}

TEST(JsonlReader, EveryFieldIsRead) {
  const Findings found = ReadText(
      R"({"time_s": 1700000000.5, "limit_bytes": 1073741824, "used_bytes": 412000000, "sample_bytes": 524288, "partial": true,)"
      R"( "sites": [{"stack": ["leak", "main"], "live_bytes": 300, "live_samples": 3, "born_bytes": 500, "born_samples": 5,)"
      R"( "died_bytes": 200, "died_samples": 2, "ages": [[0, 100, 1], [20, 200, 2]], "died_ages": [[10, 200, 2]]}]})");
  EXPECT_THAT(found.complaints, ElementsAre());
  ASSERT_EQ(found.dumps.size(), 1u);
  const Dump& dump = found.dumps[0];
  EXPECT_EQ(dump.time_s, 1700000000.5);
  EXPECT_EQ(dump.limit_bytes, 1073741824u);
  EXPECT_EQ(dump.used_bytes, 412000000u);
  EXPECT_EQ(dump.sample_bytes, 524288u);
  EXPECT_TRUE(dump.partial);
  ASSERT_EQ(dump.sites.size(), 1u);
  const DumpSite& site = dump.sites[0];
  EXPECT_EQ(dump.frames[site.stack[0]].function, "leak");
  EXPECT_EQ(dump.frames[site.stack[1]].function, "main");
  EXPECT_EQ(site.live_bytes, 300);
  EXPECT_EQ(site.live_samples, 3u);
  EXPECT_EQ(site.born_bytes, 500);
  EXPECT_EQ(site.died_samples, 2u);
  ASSERT_EQ(site.ages->size(), 2u);
  EXPECT_EQ(site.ages->at(1).age_low_s, 20);
  EXPECT_EQ(site.ages->at(1).bytes, 200);
  EXPECT_EQ(site.died_ages->at(0).samples, 2u);
}

TEST(JsonlReader, WhatIsMissingIsUnknown) {
  const Findings found = ReadText(R"({"sites": [{"stack": ["f"], "live_bytes": 7, "live_samples": null}]})");
  EXPECT_THAT(found.complaints, ElementsAre());
  ASSERT_EQ(found.dumps.size(), 1u);
  EXPECT_FALSE(found.dumps[0].time_s);
  EXPECT_FALSE(found.dumps[0].limit_bytes);
  EXPECT_EQ(found.dumps[0].sample_bytes, 0u);
  EXPECT_FALSE(found.dumps[0].sites[0].live_samples);
  EXPECT_FALSE(found.dumps[0].sites[0].ages);
}

TEST(JsonlReader, LiveBytesFollowFromBirthsAndDeaths) {
  const Findings found = ReadText(Line(1, R"({"stack": ["f"], "born_bytes": 9, "died_bytes": 4})"));
  ASSERT_EQ(found.dumps.size(), 1u);
  EXPECT_EQ(found.dumps[0].sites[0].live_bytes, 5);
}

TEST(JsonlReader, ABadLineIsNamedAndTheOthersAreRead) {
  const Findings found = ReadText(Line(1, "") + "not json\n" + Line(2, "") + Line(1.5, "") + Line(3, ""));
  EXPECT_EQ(found.dumps.size(), 3u);
  ASSERT_EQ(found.complaints.size(), 2u);
  EXPECT_THAT(found.complaints[0], HasSubstr("dump: line 2: expected a JSON object"));
  EXPECT_EQ(found.complaints[1], "dump: line 4: \"time_s\" goes back in time; the line is left out");
}

struct BadSite {
  std::string site, complaint;
};

class JsonlReaderBadSite : public testing::TestWithParam<BadSite> {};

TEST_P(JsonlReaderBadSite, IsRefusedWithItsReason) {
  const Findings found = ReadText(Line(1, "") + Line(2, GetParam().site));
  EXPECT_EQ(found.dumps.size(), 1u);
  ASSERT_EQ(found.complaints.size(), 1u);
  EXPECT_THAT(found.complaints[0], HasSubstr("dump: line 2: "));
  EXPECT_THAT(found.complaints[0], HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    All, JsonlReaderBadSite,
    testing::Values(
        BadSite{R"({"stack": ["f"], "live_bytes": -1})", "\"live_bytes\" is negative"},
        BadSite{R"({"stack": ["f"], "live_bytes": NaN})", "expected a JSON object"},
        BadSite{R"({"stack": ["f"], "live_bytes": 1e30})", "\"live_bytes\" is too large"},
        BadSite{R"({"stack": ["f"], "live_bytes": "7"})", "\"live_bytes\" is not a number"},
        BadSite{R"({"stack": ["f"]})", "a site has no \"live_bytes\""},
        BadSite{R"({"live_bytes": 7})", "a site has no \"stack\""},
        BadSite{R"({"stack": [], "live_bytes": 7})", "a \"stack\" is empty"},
        BadSite{R"({"stack": [1], "live_bytes": 7})", "not a name"}, BadSite{R"(7)", "a site is not a JSON object"},
        BadSite{R"({"stack": ["f"], "live_bytes": 90, "born_bytes": 100, "died_bytes": 20})", "\"live_bytes\" is not"},
        BadSite{R"({"stack": ["f"], "live_bytes": 1, "live_samples": 3, "born_samples": 5, "died_samples": 1})",
                "\"live_samples\" is not"},
        BadSite{R"({"stack": ["f"], "live_bytes": 1, "ages": [[10, 1, 1], [0, 1, 1]]})", "young to old"},
        BadSite{R"({"stack": ["f"], "live_bytes": 1, "ages": [[10, 1]]})", "not [age, bytes, samples]"}));

TEST(JsonlReader, ALineCutInTheMiddleIsNamed) {
  const std::string line = Line(1, R"({"stack": ["f"], "live_bytes": 7})");
  const Findings found = ReadText(line + line.substr(0, line.size() / 2));
  EXPECT_EQ(found.dumps.size(), 1u);
  ASSERT_EQ(found.complaints.size(), 1u);
  EXPECT_THAT(found.complaints[0], HasSubstr("dump: line 2: "));
}

TEST(Sniff, AnEmptyFileAndAForeignOneAreNamed) {
  EXPECT_THAT(ReadText("").complaints, ElementsAre("dump: byte 0: the file is empty, expected a heap dump"));
  const Findings found = ReadText(
      "\x7f"
      "ELF");
  ASSERT_EQ(found.complaints.size(), 1u);
  EXPECT_THAT(found.complaints[0], HasSubstr("dump: byte 0: no known format of heap dumps, expected one of: "));
}

TEST(Sniff, AMissingFileIsNamed) {
  const Findings found = ReadFile("/nowhere/dump");
  EXPECT_THAT(found.complaints, ElementsAre("/nowhere/dump: cannot be read: No such file or directory"));
}

}  // namespace
}  // namespace headroom
