#include "view/record_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/view/example_sight.h"

namespace headroom {
namespace {

using ::testing::HasSubstr;

HostProcess MadeProcess(Standing standing, Status status = MadeStatus()) {
  RecordFile file;
  file.status = std::move(status);
  return {"/run/headroom/1234.hr", std::make_shared<const RecordFile>(std::move(file)), standing};
}

std::string Listed(std::vector<HostProcess> processes) {
  HostView host;
  host.processes = std::move(processes);
  return TextOf(RecordList(host, 120), false);
}

TEST(RecordList, ALineSaysHowAProcessDoes) {
  EXPECT_EQ(Listed({MadeProcess(Standing::kWatched)}),
            "     PID  PROGRAM           STATE                         MEMORY     TIME LEFT  WORST ALARM\n"
            "    1234  collectd          watched           700 MiB of 1.0 GiB    6 h 40 min  -\n");
}

TEST(RecordList, AnAlarmIsNamed) {
  Status status = MadeStatus();
  status.alarms = {ExampleEvent()};
  EXPECT_THAT(Listed({MadeProcess(Standing::kWatched, status)}), HasSubstr("  warning leak: Resolver::Ask\n"));
}

TEST(RecordList, WhoIsNotWatchedIsSaid) {
  EXPECT_THAT(Listed({MadeProcess(Standing::kDisarmed)}), HasSubstr("  NOT ARMED "));
  EXPECT_THAT(Listed({MadeProcess(Standing::kLate)}), HasSubstr("  NOT TICKING "));
  EXPECT_THAT(Listed({MadeProcess(Standing::kEnded)}), HasSubstr("  ENDED "));
  EXPECT_THAT(Listed({MadeProcess(Standing::kDiedAlarmed)}), HasSubstr("  ENDED "));
}

TEST(RecordList, ARefusedRecordIsNamedWithTheReason) {
  HostView host;
  host.refused = {{"/run/headroom/7.hr", 1000, RecordFlaw::kDamaged, "byte 8: the checksum does not match"}};
  EXPECT_THAT(TextOf(RecordList(host, 120), false),
              HasSubstr("       -  /run/headroom/7.hr: byte 8: the checksum does not match\n"));
}

}  // namespace
}  // namespace headroom
