#include "formats/speedscope_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace headroom {
namespace {

TEST(SpeedscopeWriter, AStackIsASampleOutermostFirst) {
  Dump dump;
  dump.source = "heap.1";
  dump.frames = {{"leak", "leak.cc", 7, "", "", 0}, {"main \xff", "", 0, "", "", 0}};
  dump.sites.resize(2);
  dump.sites[0].stack = {0, 1};
  dump.sites[0].live_bytes = 4096;
  const auto json = nlohmann::json::parse(WriteSpeedscope(dump));
  EXPECT_EQ(json["$schema"], "https://www.speedscope.app/file-format-schema.json");
  EXPECT_EQ(json["shared"]["frames"][0]["name"], "leak");
  EXPECT_EQ(json["shared"]["frames"][0]["file"], "leak.cc");
  EXPECT_EQ(json["shared"]["frames"][0]["line"], 7);
  EXPECT_FALSE(json["shared"]["frames"][1].contains("line"));
  const auto& profile = json["profiles"][0];
  EXPECT_EQ(profile["type"], "sampled");
  EXPECT_EQ(profile["unit"], "bytes");
  EXPECT_EQ(profile["name"], "heap.1");
  EXPECT_EQ(profile["samples"], nlohmann::json::parse("[[1,0]]"));
  EXPECT_EQ(profile["weights"], nlohmann::json::parse("[4096.0]"));
  EXPECT_EQ(profile["endValue"], 4096);
}

}  // namespace
}  // namespace headroom
