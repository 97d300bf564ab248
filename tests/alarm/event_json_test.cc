#include "alarm/event_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/alarm/example_event.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::ElementsAre;

Json Written(const AlarmEvent& event, size_t max_frames = kMaxEventFrames) {
  std::vector<char> memory(kMaxEventJsonBytes);
  TextBuffer out(memory.data(), memory.size());
  JsonWriter json(out);
  WriteEvent(event, json, max_frames);
  EXPECT_FALSE(out.overflowed());
  return Json::parse(out.view());
}

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  return keys;
}

TEST(EventJson, FieldsAreThoseOfTheContractInItsOrder) {
  const Json event = Written(ExampleEvent());
  EXPECT_THAT(Keys(event),
              ElementsAre("event", "state", "severity", "verdict", "id", "time", "time_s", "onset", "program", "pid",
                          "uptime_s", "growth_bytes_per_s", "exhaustion", "site", "health", "code"));
  EXPECT_THAT(Keys(event["growth_bytes_per_s"]), ElementsAre("estimate", "low", "high"));
  EXPECT_THAT(Keys(event["exhaustion"]), ElementsAre("limit", "limit_bytes", "used_bytes", "available_bytes", "eta_s"));
  EXPECT_THAT(Keys(event["exhaustion"]["eta_s"]), ElementsAre("estimate", "low", "high"));
  EXPECT_THAT(Keys(event["site"]), ElementsAre("live_bytes", "live_samples", "survivors", "oldest_s", "frames"));
  EXPECT_THAT(Keys(event["site"]["frames"][0]),
              ElementsAre("function", "file", "line", "module", "build_id", "offset"));
  EXPECT_THAT(Keys(event["health"]), ElementsAre("sample_bytes", "samples_dropped", "sites_dropped", "unwind_failures",
                                                 "cpu_fraction", "agent_bytes"));
}

TEST(EventJson, ValuesAreThoseOfTheEvent) {
  const Json event = Written(ExampleEvent());
  EXPECT_EQ(event["event"], "alarm");
  EXPECT_EQ(event["state"], "firing");
  EXPECT_EQ(event["severity"], "warning");
  EXPECT_EQ(event["verdict"], "leak");
  EXPECT_EQ(event["code"], "HR-101");
  EXPECT_EQ(event["id"], "site-7f3a");
  EXPECT_EQ(event["time"], "2024-05-01T17:22:03.250Z");
  EXPECT_EQ(event["time_s"], 1714584123.25);
  EXPECT_EQ(event["onset"], "2024-05-01T14:02:03.250Z");
  EXPECT_EQ(event["pid"], 1234);
  EXPECT_EQ(event["growth_bytes_per_s"]["low"], 2942);
  EXPECT_EQ(event["exhaustion"]["eta_s"]["high"], 32400);
  EXPECT_EQ(event["site"]["frames"][1]["line"], 88);
  EXPECT_EQ(event["site"]["frames"][1]["offset"], 0x1234);
  EXPECT_EQ(event["health"]["cpu_fraction"], 0.0012);
}

TEST(EventJson, TheUnknownIsNull) {
  AlarmEvent event;
  event.frames = {Frame()};
  const Json json = Written(event);
  EXPECT_TRUE(json["onset"].is_null());
  EXPECT_TRUE(json["exhaustion"]["limit"].is_null());
  EXPECT_TRUE(json["exhaustion"]["eta_s"].is_null());
  for (const char* key : {"function", "file", "line", "module", "build_id"})
    EXPECT_TRUE(json["site"]["frames"][0][key].is_null()) << key;
  EXPECT_EQ(json["site"]["frames"][0]["offset"], 0);
}

TEST(EventJson, AnEventWithoutASiteHasNoFrames) {
  AlarmEvent event = ExampleEvent();
  event.frames.clear();
  EXPECT_TRUE(Written(event)["site"]["frames"].empty());
}

TEST(EventJson, OutermostFramesAreLeftOut) {
  const Json json = Written(ExampleEvent(), 2);
  ASSERT_EQ(json["site"]["frames"].size(), 2u);
  EXPECT_EQ(json["site"]["frames"][1]["function"], "Resolver::Ask(Name const&)");
}

TEST(EventJson, TheWorstEventFitsIntoItsRoom) {
  const std::string worst(2000, '\x01');
  AlarmEvent event = ExampleEvent();
  Frame frame{worst, worst, 2147483647, worst, worst, ~uint64_t{0}};
  event.frames.assign(200, frame);
  event.id = event.program = event.verdict.exhaustion.limit = worst;
  event.verdict.growth_bytes_per_s = {-1.2345678912345678e-300, -1.7976931348623157e308, 1.7976931348623157e308};
  event.verdict.exhaustion.eta_s = event.verdict.growth_bytes_per_s;
  const Json json = Written(event);
  EXPECT_EQ(json["site"]["frames"].size(), kMaxEventFrames);
}

}  // namespace
}  // namespace headroom
