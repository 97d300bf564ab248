#include "limits/cgroup_membership.h"

#include <gtest/gtest.h>

#include "tests/limits/fake_root.h"

namespace headroom {
namespace {

CgroupMembership MembershipIn(std::string_view text) {
  FakeRoot root;
  root.Write("/proc/self/cgroup", text);
  CgroupMembership membership{CgroupVersion::kV1, "/left/over"};
  ReadCgroupMembership(KernelFiles(root.path()), "/proc/self", &membership);
  return membership;
}

const CgroupMembership kNowhere;

TEST(CgroupMembership, UnifiedHierarchyIsV2) {
  EXPECT_EQ(MembershipIn("0::/system.slice/x.service\n"),
            (CgroupMembership{CgroupVersion::kV2, "/system.slice/x.service"}));
}

TEST(CgroupMembership, OnAHybridHostTheHierarchyWithTheMemoryControllerCounts) {
  EXPECT_EQ(MembershipIn("9:name=systemd:/init\n4:hugetlb,memory:/a\n3:cpuset:/b\n0::/c\n"),
            (CgroupMembership{CgroupVersion::kV1, "/a"}));
  EXPECT_EQ(MembershipIn("0::/c\n4:memory:/a\n"), (CgroupMembership{CgroupVersion::kV1, "/a"}));
}

TEST(CgroupMembership, HierarchiesWithoutMemoryLeaveItToV2) {
  EXPECT_EQ(MembershipIn("3:name=memory:/n\n2:memory_x:/m\n1:cpu,cpuacct:/b\n0::/c\n"),
            (CgroupMembership{CgroupVersion::kV2, "/c"}));
}

TEST(CgroupMembership, PathMayHoldColonsAndBlanks) {
  EXPECT_EQ(MembershipIn("0::/a:b/:c d\n").path, "/a:b/:c d");
  EXPECT_EQ(MembershipIn("4:memory:/pod:1:/x\n").path, "/pod:1:/x");
}

TEST(CgroupMembership, IsNoneWhereTheFileHasNoSuchLine) {
  for (const char* text : {"", "\n", "garbage\n", "1:cpu:/a\n", "0::\n", "0:/a\n", "4:memory\n", "0::/cut/off"}) {
    EXPECT_EQ(MembershipIn(text), kNowhere) << text;
  }
}

TEST(CgroupMembership, IsNoneWithoutTheFile) {
  FakeRoot root;
  CgroupMembership membership{CgroupVersion::kV1, "/left/over"};
  ReadCgroupMembership(KernelFiles(root.path()), "/proc/self", &membership);
  EXPECT_EQ(membership, kNowhere);
}

}  // namespace
}  // namespace headroom
