#include "limits/cgroup_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/limits/fake_root.h"
#include "tests/limits/reading_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CgroupLimitsTest : public testing::Test {
 protected:
  std::vector<std::string> Read(CgroupVersion version, const std::vector<CgroupDirectory>& groups) {
    files_.ClearComplaint();
    std::vector<LimitReading> readings;
    {
      ReadingList list(&readings);
      AddCgroupLimits(files_, version, groups, &list);
    }
    return Texts(readings);
  }
  std::vector<std::string> ReadV2() { return Read(CgroupVersion::kV2, {{"/a/b", "/cg/a/b", true}, {"/a", "/cg/a"}}); }
  std::vector<std::string> ReadV1() { return Read(CgroupVersion::kV1, {{"/a/b", "/cg/a/b", true}, {"/a", "/cg/a"}}); }

  FakeRoot root_;
  KernelFiles files_{root_.path()};
};

using CgroupV2 = CgroupLimitsTest;
using CgroupV1 = CgroupLimitsTest;

TEST_F(CgroupV2, LimitMeetsTheWorkingSetOfItsOwnGroup) {
  root_.WriteGroupV2("/cg/a/b", "1000", "max", 500, 100);
  root_.WriteGroupV2("/cg/a", "3000", "max", 2800, 300);
  EXPECT_THAT(ReadV2(),
              ElementsAre("cgroup2:/a/b memory.max 400 of 1000", "cgroup2:/a memory.max 2500 of 3000 shared"));
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(CgroupV2, AncestorLimitIsFoundWhereTheGroupHasNone) {
  root_.WriteGroupV2("/cg/a/b", "max", "max", 500, 100);
  root_.WriteGroupV2("/cg/a", "900", "max", 800, 0);
  EXPECT_THAT(ReadV2(), ElementsAre("cgroup2:/a memory.max 800 of 900 shared"));
}

TEST_F(CgroupV2, MemoryHighIsALimitOfItsOwn) {
  root_.WriteGroupV2("/cg/a/b", "1000", "800", 500, 100);
  root_.WriteGroupV2("/cg/a", "max", "2000", 900, 100);
  EXPECT_THAT(ReadV2(), ElementsAre("cgroup2:/a/b memory.max 400 of 1000", "cgroup2:/a/b memory.high 400 of 800",
                                    "cgroup2:/a memory.high 800 of 2000 shared"));
}

TEST_F(CgroupV2, UnlimitedIsAbsent) {
  root_.WriteGroupV2("/cg/a/b", "max", "max", 500, 100);
  root_.WriteGroupV2("/cg/a", "4611686018427387904", "18446744073709551615", 500, 100);
  EXPECT_THAT(ReadV2(), IsEmpty());
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(CgroupV2, LimitOfZeroIsALimit) {
  root_.WriteGroupV2("/cg/a/b", "0", "max", 500, 100);
  EXPECT_THAT(ReadV2(), ElementsAre("cgroup2:/a/b memory.max 400 of 0"));
}

TEST_F(CgroupV2, WorkingSetIsNeverBelowZero) {
  root_.WriteGroupV2("/cg/a/b", "1000", "max", 100, 300);
  EXPECT_THAT(ReadV2(), ElementsAre("cgroup2:/a/b memory.max 0 of 1000"));
}

TEST_F(CgroupV2, RootGroupHasNoFilesAndNoLimit) {
  root_.Write("/cg/a/b/memory.stat", "anon 1\ninactive_file 2\n");
  EXPECT_THAT(ReadV2(), IsEmpty());
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(CgroupV2, LimitWithoutItsCounterIsAbsentAndSaidSo) {
  root_.WriteGroupV2("/cg/a/b", "1000", "max", 500, 100);
  root_.Write("/cg/a/b/memory.stat", "anon 1\ninactive_fi");
  EXPECT_THAT(ReadV2(), IsEmpty());
  EXPECT_EQ(files_.complaint(), "/cg/a/b/memory.stat: expected inactive_file");

  root_.WriteGroupV2("/cg/a/b", "1000", "max", 500, 100);
  root_.Write("/cg/a/b/memory.current", "");
  EXPECT_THAT(ReadV2(), IsEmpty());
  EXPECT_EQ(files_.complaint(), "/cg/a/b/memory.current: expected a number or max");
}

TEST_F(CgroupV2, GarbageInOneFileLeavesTheOthersStanding) {
  for (const char* garbage : {"", "\n", "10", "ten\n", "-5\n", "99999999999999999999999\n"}) {
    root_.WriteGroupV2("/cg/a/b", "1000", "900", 500, 100);
    root_.Write("/cg/a/b/memory.max", garbage);
    EXPECT_THAT(ReadV2(), ElementsAre("cgroup2:/a/b memory.high 400 of 900")) << garbage;
    EXPECT_EQ(files_.complaint(), "/cg/a/b/memory.max: expected a number or max") << garbage;
  }
}

TEST_F(CgroupV1, LimitMeetsTheWorkingSetWithItsChildren) {
  root_.WriteGroupV1("/cg/a/b", "1000", "1000", 500, 100);
  root_.WriteGroupV1("/cg/a", "3000", "3000", 2800, 300);
  EXPECT_THAT(ReadV1(), ElementsAre("cgroup1:/a/b memory.limit_in_bytes 400 of 1000",
                                    "cgroup1:/a memory.limit_in_bytes 2500 of 3000 shared"));
}

TEST_F(CgroupV1, UnlimitedIsAbsent) {
  root_.WriteGroupV1("/cg/a/b", kV1Unlimited, kV1Unlimited, 500, 100);
  root_.WriteGroupV1("/cg/a", "9223372036854710272", kV1Unlimited, 500, 100);  // with pages of 64 KiB
  EXPECT_THAT(ReadV1(), IsEmpty());
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(CgroupV1, LeastLimitAboveIsNoNewsWhereItIsInSight) {
  root_.WriteGroupV1("/cg/a/b", kV1Unlimited, "3000", 500, 100);
  root_.WriteGroupV1("/cg/a", "3000", "3000", 2800, 300);
  EXPECT_THAT(ReadV1(), ElementsAre("cgroup1:/a memory.limit_in_bytes 2500 of 3000 shared"));
}

TEST_F(CgroupV1, LimitOutOfSightIsFoundInTheHierarchicalLimit) {
  root_.WriteGroupV1("/cg/a/b", "5000", "2900", 500, 100);
  root_.WriteGroupV1("/cg/a", "3000", "2900", 2800, 300);
  EXPECT_THAT(ReadV1(), ElementsAre("cgroup1:/a/b memory.limit_in_bytes 400 of 5000",
                                    "cgroup1:/a memory.limit_in_bytes 2500 of 3000 shared",
                                    "cgroup1:/a hierarchical_memory_limit 2500 of 2900 shared"));
}

TEST_F(CgroupV1, HierarchicalLimitCountsWithoutAnyLimitInSight) {
  root_.WriteGroupV1("/cg/a/b", kV1Unlimited, "2900", 500, 100);
  EXPECT_THAT(Read(CgroupVersion::kV1, {{"/a/b", "/cg/a/b", true}}),
              ElementsAre("cgroup1:/a/b hierarchical_memory_limit 400 of 2900 shared"));
}

TEST_F(CgroupV1, RemovedGroupIsAbsentAndItsAncestorsStay) {
  root_.WriteGroupV1("/cg/a", "3000", "3000", 2800, 300);
  EXPECT_THAT(ReadV1(), ElementsAre("cgroup1:/a memory.limit_in_bytes 2500 of 3000 shared"));
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(CgroupLimitsTest, NoGroupHasNoLimit) {
  EXPECT_THAT(Read(CgroupVersion::kV1, {}), IsEmpty());
  EXPECT_THAT(Read(CgroupVersion::kV2, {}), IsEmpty());
  EXPECT_THAT(Read(CgroupVersion::kNone, {}), IsEmpty());
}

}  // namespace
}  // namespace headroom
