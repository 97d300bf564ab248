#include "limits/cgroup_directories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/limits/fake_root.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// "own" or "above", the path in the hierarchy, the directory.
std::vector<std::string> Describe(const std::vector<CgroupDirectory>& groups) {
  std::vector<std::string> lines;
  for (const auto& group : groups)
    lines.push_back((group.own ? "own " : "above ") + group.path + " " + group.directory);
  return lines;
}

class CgroupDirectoriesTest : public testing::Test {
 protected:
  // A mount whose files can be seen.
  void Mount(const std::string& mount_root, const std::string& point, const std::string& type_and_options) {
    MountUnseen(mount_root, point, type_and_options);
    root_.Write(point + "/cgroup.procs", "");
  }
  void MountUnseen(const std::string& mount_root, const std::string& point, const std::string& type_and_options) {
    mountinfo_ += "35 31 0:32 " + mount_root + " " + point + " rw shared:1 - " + type_and_options + "\n";
  }

  std::vector<std::string> Find(CgroupVersion version, const std::string& path) {
    root_.Write("/proc/self/mountinfo", mountinfo_);
    KernelFiles files(root_.path());
    return Describe(FindCgroupDirectories(files, "/proc/self", {version, path}));
  }
  std::vector<std::string> FindV2(const std::string& path) { return Find(CgroupVersion::kV2, path); }
  std::vector<std::string> FindV1(const std::string& path) { return Find(CgroupVersion::kV1, path); }

  FakeRoot root_;
  std::string mountinfo_ = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n";
};

TEST_F(CgroupDirectoriesTest, WayUpLeadsToTheRootOfTheMount) {
  Mount("/", "/sys/fs/cgroup", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/a/b"),
              ElementsAre("own /a/b /sys/fs/cgroup/a/b", "above /a /sys/fs/cgroup/a", "above / /sys/fs/cgroup"));
  EXPECT_THAT(FindV2("/"), ElementsAre("own / /sys/fs/cgroup"));
}

TEST_F(CgroupDirectoriesTest, V1IsTheMountWithTheMemoryController) {
  Mount("/", "/cg/cpu", "cgroup cgroup rw,cpu");
  Mount("/", "/cg/memory", "cgroup cgroup rw,hugetlb,memory");
  Mount("/", "/cg/systemd", "cgroup cgroup rw,name=memory");
  Mount("/", "/cg/unified", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV1("/a"), ElementsAre("own /a /cg/memory/a", "above / /cg/memory"));
}

TEST_F(CgroupDirectoriesTest, MountOfASubtreeShowsWhatIsBelowIt) {
  Mount("/docker/ab", "/cg", "cgroup cgroup rw,memory");
  EXPECT_THAT(FindV1("/docker/ab/c"), ElementsAre("own /docker/ab/c /cg/c", "above /docker/ab /cg"));
  EXPECT_THAT(FindV1("/docker/ab"), ElementsAre("own /docker/ab /cg"));
}

TEST_F(CgroupDirectoriesTest, GroupOutsideOfTheMountIsNotFound) {
  Mount("/docker/ab", "/cg", "cgroup cgroup rw,memory");
  for (const char* path : {"/docker/abc", "/docker", "/", "/elsewhere", "/../x"}) {
    EXPECT_THAT(FindV1(path), IsEmpty()) << path;
  }
}

TEST_F(CgroupDirectoriesTest, GroupOutsideOfTheNamespaceIsFoundOnlyThroughAMountFromOutside) {
  Mount("/", "/cg", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/../other"), IsEmpty());
  Mount("/..", "/outer", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/../other"), ElementsAre("own /../other /outer/other", "above /.. /outer"));
}

TEST_F(CgroupDirectoriesTest, MountFromAboveTheNamespaceShowsAnAncestorOnly) {
  Mount("/../..", "/cg", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/"), ElementsAre("above /../.. /cg"));
  EXPECT_THAT(FindV2("/a"), ElementsAre("above /../.. /cg"));
  EXPECT_THAT(FindV2("/../a"), ElementsAre("above /../.. /cg"));
  EXPECT_THAT(FindV2("/../../../a"), IsEmpty());
}

TEST_F(CgroupDirectoriesTest, MountOfANamedGroupOutsideOfTheNamespaceIsNoAncestor) {
  Mount("/../sibling", "/cg", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/"), IsEmpty());
  EXPECT_THAT(FindV2("/../sibling/x"), ElementsAre("own /../sibling/x /cg/x", "above /../sibling /cg"));
}

TEST_F(CgroupDirectoriesTest, MountThatShowsTheOwnGroupWinsThenTheOneThatShowsMore) {
  Mount("/..", "/above", "cgroup2 cgroup2 rw");
  Mount("/a", "/part", "cgroup2 cgroup2 rw");
  Mount("/", "/whole", "cgroup2 cgroup2 rw");
  Mount("/a/b", "/leaf", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/a/b"), ElementsAre("own /a/b /whole/a/b", "above /a /whole/a", "above / /whole"));
}

TEST_F(CgroupDirectoriesTest, LaterMountAtTheSamePointCoversTheEarlierOne) {
  Mount("/", "/cg", "cgroup2 cgroup2 rw");
  Mount("/a", "/cg", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/a/b"), ElementsAre("own /a/b /cg/b", "above /a /cg"));
  Mount("/", "/cg", "tmpfs tmpfs rw");
  EXPECT_THAT(FindV2("/a/b"), IsEmpty());
}

TEST_F(CgroupDirectoriesTest, MountHiddenByOneAboveItIsPassedOver) {
  MountUnseen("/", "/sys/fs/cgroup", "cgroup2 cgroup2 rw");
  Mount("/a", "/run/cg", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/a"), ElementsAre("own /a /run/cg"));
}

TEST_F(CgroupDirectoriesTest, EscapedRootAndMountPointAreUnderstood) {
  root_.Write("/my cgroups/cgroup.procs", "");
  MountUnseen("/sla\\134sh", "/my\\040cgroups", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/sla\\sh/b"), ElementsAre("own /sla\\sh/b /my cgroups/b", "above /sla\\sh /my cgroups"));
}

TEST_F(CgroupDirectoriesTest, RemovedGroupStillHasItsAncestors) {
  Mount("/", "/cg", "cgroup2 cgroup2 rw");
  EXPECT_THAT(FindV2("/a/b (deleted)"),
              ElementsAre("own /a/b (deleted) /cg/a/b (deleted)", "above /a /cg/a", "above / /cg"));
}

TEST_F(CgroupDirectoriesTest, V1GroupThatDoesNotCountItsChildrenEndsTheWay) {
  Mount("/", "/cg", "cgroup cgroup rw,memory");
  root_.Write("/cg/a/b/memory.use_hierarchy", "0\n");
  root_.Write("/cg/a/memory.use_hierarchy", "1\n");
  root_.Write("/cg/memory.use_hierarchy", "0\n");
  EXPECT_THAT(FindV1("/a/b"), ElementsAre("own /a/b /cg/a/b", "above /a /cg/a"));
}

TEST_F(CgroupDirectoriesTest, VeryDeepHierarchyIsCutAtTheTop) {
  Mount("/", "/cg", "cgroup2 cgroup2 rw");
  std::string path;
  for (int depth = 0; depth < 1000; ++depth) path += "/d";
  const auto groups = FindV2(path);
  EXPECT_THAT(groups, SizeIs(64));
  EXPECT_EQ(groups.front(), "own " + path + " /cg" + path);
}

TEST_F(CgroupDirectoriesTest, NothingIsFoundWithoutACgroupMountOrGroup) {
  EXPECT_THAT(FindV1("/a"), IsEmpty());
  EXPECT_THAT(FindV2("/a"), IsEmpty());
  EXPECT_THAT(Find(CgroupVersion::kNone, ""), IsEmpty());
}

TEST_F(CgroupDirectoriesTest, GarbageBetweenTheMountsIsPassedOver) {
  mountinfo_ += "\n\xff garbage - \n35 31 0:32 / /cut rw - \n" + std::string(20000, 'x') + "\n";
  Mount("/", "/cg", "cgroup2 cgroup2 rw");
  mountinfo_ += "35 31 0:32 / /cut/off rw - cgroup2 cgr";
  EXPECT_THAT(FindV2("/"), ElementsAre("own / /cg"));
}

}  // namespace
}  // namespace headroom
