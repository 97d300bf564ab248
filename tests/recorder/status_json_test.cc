#include "recorder/status_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "recorder/layout.h"
#include "recorder/top_sites.h"
#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

using Json = nlohmann::json;

Json Written(const Status& status) {
  std::vector<char> memory(kMaxRecordBytes);
  TextBuffer out(memory.data(), memory.size());
  WriteStatus(status, out);
  EXPECT_FALSE(out.overflowed());
  return Json::parse(out.view());
}

TEST(StatusJson, SaysWhatTheAgentKnows) {
  const Json status = Written(ExampleStatus());
  EXPECT_EQ(status["event"], "status");
  EXPECT_EQ(status["format"], kStatusFormat);
  EXPECT_EQ(status["program"], "collectd");
  EXPECT_EQ(status["start_time"], "2024-04-26T15:06:40.000Z");
  EXPECT_EQ(status["tick"], 44012);
  EXPECT_EQ(status["interval_s"], 10);
  EXPECT_EQ(status["look_every_s"], 10);
  EXPECT_EQ(status["ticks_left_out"], 33);
  EXPECT_EQ(status["armed"], true);
  EXPECT_EQ(status["knowledge"], "3 call stacks of this build");
  EXPECT_EQ(status["heap"], Json({{"live_bytes", 500000000},
                                  {"live_samples", 950},
                                  {"born_bytes", 9000000000000},
                                  {"born_samples", 17000000},
                                  {"sites", 412}}));
  EXPECT_EQ(status["process"]["rss_anon_bytes"], 600000000);
  EXPECT_TRUE(status["process"]["mappings"].is_null());
  EXPECT_EQ(status["health"]["sample_bytes"], 524288);
  EXPECT_EQ(status["sinks"][0]["error"], "it is closed");
}

TEST(StatusJson, ASiteThatGrowsTellsItsVerdictAndTimeLeft) {
  const Json site = Written(ExampleStatus())["sites"][0];
  EXPECT_EQ(site["site"], "abcdef");
  EXPECT_EQ(site["id"], "site-7f3a");
  EXPECT_EQ(site["verdict"], "leak");
  EXPECT_EQ(site["severity"], "warning");
  EXPECT_EQ(site["onset"], "2024-05-01T14:02:03.250Z");
  EXPECT_EQ(site["eta_s"], Json({{"estimate", 24000}, {"low", 18600}, {"high", 32400}}));
  EXPECT_EQ(site["survivors"], 80);
  EXPECT_EQ(site["oldest_s"], 11880);
  EXPECT_EQ(site["born_bytes"], 53305000);
  EXPECT_EQ(site["born_samples"], 103);
  EXPECT_EQ(site["frames"][1]["function"], "Resolver::Ask(Name const&)");
}

TEST(StatusJson, ASiteWithoutProvenGrowthHasNoVerdict) {
  Status status = ExampleStatus();
  status.top_sites = {SiteStatus()};
  const Json site = Written(status)["sites"][0];
  for (const char* unknown : {"verdict", "onset", "eta_s"}) EXPECT_TRUE(site[unknown].is_null()) << unknown;
  EXPECT_EQ(site["severity"], "none");
}

TEST(StatusJson, TheHistoryIsAListOfPoints) {
  EXPECT_EQ(Written(ExampleStatus())["history"], Json::parse("[[1714584113.25,734000000,490000000,1073741824],"
                                                             "[1714584123.25,734003200,500000000,null]]"));
}

TEST(StatusJson, LimitsCarryTheirRoomAndUnit) {
  const Json limits = Written(ExampleStatus())["limits"];
  EXPECT_EQ(limits[0]["available"], 339738624);
  EXPECT_EQ(limits[0]["unit"], "bytes");
  EXPECT_EQ(limits[1]["unit"], "mappings");
  EXPECT_EQ(limits[1]["available"], 0) << "already exceeded";
}

TEST(StatusJson, OpenAlarmsAreAlarmEvents) {
  const Json alarm = Written(ExampleStatus())["alarms"][0];
  EXPECT_EQ(alarm["event"], "alarm");
  EXPECT_EQ(alarm["severity"], "warning");
  EXPECT_EQ(alarm["exhaustion"]["eta_s"]["estimate"], 24000);
}

TEST(StatusJson, TheWorstStatusFitsAndSaysWhatWasLeftOut) {
  const std::string worst(2000, '\x02');
  Status status = ExampleStatus();
  status.program = status.armed_reason = status.headroom_version = worst;
  status.alarms[0].frames.assign(64, Frame{worst, worst, 2147483647, worst, worst, ~uint64_t{0}});
  status.alarms.assign(64, status.alarms[0]);
  status.top_sites[0].frames = status.alarms[0].frames;
  status.top_sites.assign(kMaxTopSites, status.top_sites[0]);
  status.limits.assign(1000, {worst, LimitUnit::kBytes, ~uint64_t{0}, 1, true});
  status.sinks.assign(1000, {worst, worst, ~uint64_t{0}, ~uint64_t{0}});
  status.history.assign(MemoryHistory::kMostPoints, {1e15 + 0.001, ~uint64_t{0}, 1e15 + 0.001, ~uint64_t{0}});
  const Json json = Written(status);
  EXPECT_EQ(json["history_left_out"], 0);
  for (const char* list : {"limits", "alarms", "sites"}) {
    EXPECT_GT(json[list].size(), 0u) << list;
    EXPECT_GT(json[std::string(list) + "_left_out"], 0) << list;
  }
  EXPECT_EQ(json["alarms"].size() + json["alarms_left_out"].get<size_t>(), 64u);
}

}  // namespace
}  // namespace headroom
