#include "host/status_parser.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "recorder/status_json.h"
#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

std::string JsonOf(const Status& status) {
  auto text = std::make_unique<FixedText<128 * 1024>>();
  WriteStatus(status, *text);
  return std::string(text->view());
}

TEST(StatusParser, ReadsBackWhatTheAgentWrote) {
  Status written = ExampleStatus();
  written.program_build_id = "feed";
  written.cpu_budget_fraction = 0.005;
  written.memory_budget_bytes = 16 << 20;
  written.memory.swap_bytes = 4096;
  written.look_every_s = 40;
  const ParsedStatus parsed = ParseStatus(JsonOf(written));
  ASSERT_EQ(parsed.error, "");
  const Status& read = parsed.status;
  EXPECT_EQ(JsonOf(read).substr(0, 900), JsonOf(written).substr(0, 900));
  EXPECT_EQ(read.program_build_id, "feed");
  EXPECT_EQ(read.look_every_s, 40);
  EXPECT_EQ(read.ticks_left_out, written.ticks_left_out);
  EXPECT_EQ(read.start_time_s, written.start_time_s);
  EXPECT_EQ(read.cpu_budget_fraction, 0.005);
  EXPECT_EQ(read.memory_budget_bytes, 16u << 20);
  EXPECT_EQ(read.memory.swap_bytes, 4096u);
  ASSERT_EQ(read.alarms.size(), 1u);
  EXPECT_EQ(read.alarms[0].verdict.onset_time_s, written.alarms[0].verdict.onset_time_s);
  EXPECT_EQ(read.alarms[0].verdict.live_bytes, 43305000);
  ASSERT_EQ(read.top_sites.size(), 1u);
  EXPECT_EQ(read.top_sites[0].site_key, 0xabcdefu);
  EXPECT_EQ(read.top_sites[0].label, "tenant a");
}

TEST(StatusParser, TakesATimeThatIsNoneAsUnknown) {
  for (const char* time : {"\"yesterday\"", "\"2024-05-01\"", "17", "\"\""}) {
    const ParsedStatus parsed = ParseStatus(R"({"event":"status","format":1,"start_time":)" + std::string(time) + "}");
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.status.start_time_s, 0) << time;
  }
}

}  // namespace
}  // namespace headroom
