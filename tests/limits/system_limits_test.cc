#include "limits/system_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/limits/fake_root.h"
#include "tests/limits/reading_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kHeader[] = "Limit                     Soft Limit           Hard Limit           Units     \n";

// The line as the kernel pads it.
std::string LimitLine(std::string name, std::string soft, std::string hard) {
  name.resize(26, ' ');
  soft.resize(21, ' ');
  hard.resize(21, ' ');
  return name + soft + hard + "bytes     \n";
}

class SystemLimitsTest : public testing::Test {
 protected:
  SystemLimitsTest() {
    memory_.vm_size_bytes = 700;
    memory_.vm_data_bytes = 300;
    memory_.mappings = 25;
  }

  template <typename AddFunction>
  std::vector<std::string> Read(AddFunction add) {
    std::vector<LimitReading> readings;
    {
      ReadingList list(&readings);
      add(&list);
    }
    return Texts(readings);
  }
  std::vector<std::string> ReadResources(const std::string& lines) {
    root_.Write("/proc/self/limits", kHeader + lines);
    return Read([&](ReadingList* list) { AddResourceLimits(files_, "/proc/self", memory_, list); });
  }
  std::vector<std::string> ReadHost(const std::string& meminfo) {
    root_.Write("/proc/meminfo", meminfo);
    return Read([&](ReadingList* list) { AddHostLimit(files_, list); });
  }
  std::vector<std::string> ReadMappings(const std::string& max_map_count) {
    root_.Write("/proc/sys/vm/max_map_count", max_map_count);
    return Read([&](ReadingList* list) { AddMappingLimit(files_, memory_, list); });
  }

  FakeRoot root_;
  KernelFiles files_{root_.path()};
  ProcessMemory memory_;
};

using ResourceLimits = SystemLimitsTest;
using HostLimit = SystemLimitsTest;
using MappingLimit = SystemLimitsTest;

TEST_F(ResourceLimits, SoftLimitsMeetAddressSpaceAndData) {
  EXPECT_THAT(ReadResources(LimitLine("Max data size", "400", "unlimited") +
                            LimitLine("Max address space", "1073741824", "2147483648")),
              ElementsAre("rlimit:AS 700 of 1073741824", "rlimit:DATA 300 of 400"));
}

TEST_F(ResourceLimits, UnlimitedOrHugeIsAbsent) {
  EXPECT_THAT(ReadResources(LimitLine("Max data size", "unlimited", "unlimited") +
                            LimitLine("Max address space", "9223372036854775807", "unlimited")),
              IsEmpty());
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(ResourceLimits, CutOffFileKeepsWhatCameBefore) {
  EXPECT_THAT(ReadResources(LimitLine("Max data size", "400", "500") + "Max address space         10"),
              ElementsAre("rlimit:DATA 300 of 400"));
  EXPECT_EQ(files_.complaint(), "/proc/self/limits: expected Max address space");
}

TEST_F(HostLimit, RoomIsWhatIsAvailable) {
  EXPECT_THAT(ReadHost("MemTotal:       1000 kB\nMemFree:         1 kB\nMemAvailable:    600 kB\nBuffers:  2 kB\n"),
              ElementsAre("host:MemAvailable 409600 of 1024000 shared"));
}

TEST_F(HostLimit, MoreAvailableThanThereIsMeansNothingIsUsed) {
  EXPECT_THAT(ReadHost("MemTotal:       1000 kB\nMemAvailable:    1001 kB\n"),
              ElementsAre("host:MemAvailable 0 of 1024000 shared"));
}

TEST_F(HostLimit, IsAbsentWhereTheKernelDoesNotTell) {
  EXPECT_THAT(ReadHost("MemTotal:       1000 kB\nMemFree:    600 kB\n"), IsEmpty());
  EXPECT_EQ(files_.complaint(), "/proc/meminfo: expected MemAvailable:");
}

TEST_F(MappingLimit, MeetsTheCountOfMappings) {
  EXPECT_THAT(ReadMappings("65530\n"), ElementsAre("vm.max_map_count 25 of 65530 mappings"));
}

TEST_F(MappingLimit, IsAbsentWhereMappingsWereNotCounted) {
  memory_.mappings = 0;
  EXPECT_THAT(ReadMappings("65530\n"), IsEmpty());
}

TEST_F(MappingLimit, GarbageIsAbsentAndSaidSo) {
  EXPECT_THAT(ReadMappings("65"), IsEmpty());
  EXPECT_EQ(files_.complaint(), "/proc/sys/vm/max_map_count: expected a number or max");
}

}  // namespace
}  // namespace headroom
