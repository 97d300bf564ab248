#include "metrics/process_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Written(const std::vector<Status>& processes) {
  std::vector<const Status*> pointers;
  for (const Status& process : processes) pointers.push_back(&process);
  static char memory[1 << 20];
  TextBuffer out(memory, sizeof(memory));
  EXPECT_TRUE(WriteProcessMetrics(pointers, out));
  return std::string(out.view());
}

TEST(ProcessMetrics, TellAnAlarmItsFunctionBuildAndNumbers) {
  const std::string text = Written({ExampleStatus()});
  EXPECT_THAT(text,
              HasSubstr("headroom_alarm_info{program=\"collectd\",pid=\"1234\",id=\"site-7f3a\",severity=\"warning\","
                        "verdict=\"leak\",function=\"Resolver::Ask\",module=\"collectd\",build_id=\"0123abcd\"} 1\n"));
  const std::string labels = "{program=\"collectd\",pid=\"1234\",id=\"site-7f3a\"} ";
  EXPECT_THAT(text, HasSubstr("headroom_alarm_growth_bytes_per_second" + labels + "3612\n"));
  EXPECT_THAT(text, HasSubstr("headroom_alarm_growth_low_bytes_per_second" + labels + "2942\n"));
  EXPECT_THAT(text, HasSubstr("headroom_alarm_time_to_exhaustion_seconds" + labels + "24000\n"));
  EXPECT_THAT(text, HasSubstr("headroom_alarms{program=\"collectd\",pid=\"1234\",severity=\"warning\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("headroom_alarms{program=\"collectd\",pid=\"1234\",severity=\"critical\"} 0\n"));
}

TEST(ProcessMetrics, CarryTheLabelThatTheProgramSetAndNoneWhereItSetNone) {
  Status status = ExampleStatus();
  status.alarms[0].label = "tenant \"a\"";
  status.top_sites.push_back(status.top_sites[0]);
  status.top_sites[1].id = "other";
  status.top_sites[1].label.clear();
  const std::string text = Written({status});
  EXPECT_THAT(text, HasSubstr("build_id=\"0123abcd\",label=\"tenant \\\"a\\\"\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("stack=\"site-7f3a\",frame=\"Resolver::Ask\",label=\"tenant a\"} 43305000\n"));
  EXPECT_THAT(text, HasSubstr("stack=\"other\",frame=\"Resolver::Ask\"} 43305000\n"));
  EXPECT_THAT(Written({ExampleStatus()}), HasSubstr("build_id=\"0123abcd\"} 1\n"));
}

TEST(ProcessMetrics, TellWhatIsLeftUnderEachLimit) {
  const std::string text = Written({ExampleStatus()});
  EXPECT_THAT(
      text, HasSubstr("headroom_available_bytes{program=\"collectd\",pid=\"1234\",source=\"rlimit:AS\"} 339738624\n"));
  EXPECT_THAT(
      text, HasSubstr("headroom_used_mappings{program=\"collectd\",pid=\"1234\",source=\"vm.max_map_count\"} 70000\n"));
  EXPECT_THAT(text, HasSubstr("headroom_time_to_exhaustion_seconds{program=\"collectd\",pid=\"1234\","
                              "source=\"cgroup2:/system.slice/c.service memory.max\"} 24000\n"));
}

TEST(ProcessMetrics, TellNoEndWhereNoneIsInSight) {
  Status status = ExampleStatus();
  status.alarms[0].verdict.exhaustion.eta_s.reset();
  EXPECT_THAT(Written({status}), Not(HasSubstr("time_to_exhaustion")));
  EXPECT_THAT(Written({Status()}), Not(HasSubstr("_budget_")));  // nor a budget that is not known
}

TEST(ProcessMetrics, KeepAllSamplesOfAMetricTogether) {
  Status other = ExampleStatus();
  other.pid = 99;
  std::istringstream lines(Written({ExampleStatus(), other}));
  std::set<std::string> done;
  std::string current, line;
  while (std::getline(lines, line)) {
    if (line.starts_with("# HELP ")) {
      current = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(done.insert(current).second) << current << " comes twice";
    } else if (!line.starts_with("#")) {
      EXPECT_EQ(line.substr(0, line.find_first_of("{ ")), current);
    }
  }
  EXPECT_GT(done.size(), 30u);
}

TEST(ProcessMetrics, BoundTheSeriesOfAProcessAndCountTheRest) {
  Status status = ExampleStatus();
  status.alarms.resize(50, status.alarms[0]);
  status.alarms_crowded_out = 7;
  const std::string text = Written({status});
  EXPECT_THAT(text, HasSubstr("headroom_alarms_left_out{program=\"collectd\",pid=\"1234\"} 37\n"));
  size_t infos = 0;
  for (size_t at = 0; (at = text.find("headroom_alarm_info{", at)) != text.npos; ++at) ++infos;
  EXPECT_EQ(infos, kMaxAlarmSeries);
}

TEST(ProcessMetrics, SayThatTheBufferWasTooSmall) {
  char memory[3000];
  TextBuffer out(memory, sizeof(memory));
  const Status status = ExampleStatus();
  const Status* processes[] = {&status};
  EXPECT_FALSE(WriteProcessMetrics(processes, out));
  EXPECT_TRUE(out.view().ends_with("\n"));
}

}  // namespace
}  // namespace headroom
