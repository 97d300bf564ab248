#include "limits/mount_line.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(MountLine, IsTakenApart) {
  const auto mount =
      ParseMountLine("35 31 0:32 /docker/ab /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->root, "/docker/ab");
  EXPECT_EQ(mount->point, "/sys/fs/cgroup/memory");
  EXPECT_EQ(mount->type, "cgroup");
  EXPECT_EQ(mount->super_options, "rw,memory");
}

TEST(MountLine, MayHaveAnyNumberOfOptionalFields) {
  for (const char* line : {"41 31 0:38 / /cg rw - cgroup2 cgroup2 rw", "41 31 0:38 / /cg rw master:1 - cgroup2 x rw",
                           "41 31 0:38 / /cg rw shared:1 master:2 propagate_from:3 unbindable - cgroup2 cgroup2 rw"}) {
    const auto mount = ParseMountLine(line);
    ASSERT_TRUE(mount) << line;
    EXPECT_EQ(mount->point, "/cg") << line;
    EXPECT_EQ(mount->type, "cgroup2") << line;
    EXPECT_EQ(mount->super_options, "rw") << line;
  }
}

TEST(MountLine, MayHaveAnEmptySource) {
  const auto mount = ParseMountLine("35 31 0:32 / /cg rw - cgroup  rw,memory");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->super_options, "rw,memory");
}

TEST(MountLine, ThatIsCutOffOrGarbageIsNone) {
  for (const char* line :
       {"", " - ", "35 31 0:32 / /cg rw", "35 31 0:32 / - cgroup cgroup rw", "a - b", "- - - - - - -",
        "35 31 0:32 root /cg rw - cgroup cgroup rw", "35 31 0:32 / cg rw - cgroup cgroup rw"}) {
    EXPECT_FALSE(ParseMountLine(line)) << line;
  }
}

TEST(UnescapeOctal, PutsTheByteBack) {
  EXPECT_EQ(UnescapeOctal("/my\\040cgroups\\011x\\134y\\012"), "/my cgroups\tx\\y\n");
  EXPECT_EQ(UnescapeOctal("/b\\303\\244r"), "/b\xc3\xa4r");
}

TEST(UnescapeOctal, LeavesWhatIsNoEscape) {
  for (const char* text : {"", "/plain", "\\", "\\04", "\\x41", "\\089", "\\400"}) EXPECT_EQ(UnescapeOctal(text), text);
}

}  // namespace
}  // namespace headroom
