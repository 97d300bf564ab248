#include "limits/limit_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "tests/limits/fake_root.h"
#include "tests/limits/reading_text.h"

namespace {
size_t g_allocations = 0;
}

// Not inlined, or the compiler sees memory of new go to free.
[[gnu::noinline]] void* operator new(size_t size) {
  ++g_allocations;
  if (void* block = std::malloc(size)) return block;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* block) noexcept { std::free(block); }
[[gnu::noinline]] void operator delete(void* block, size_t) noexcept { std::free(block); }

namespace headroom {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// A host without any limit on the process but its own memory; each test adds what it is about.
class LimitReaderTest : public testing::Test {
 protected:
  static constexpr char kHost[] = "host:MemAvailable 409600 of 1024000 shared";

  LimitReaderTest() {
    root_.Write("/proc/self/status",
                "VmSize:\t 600 kB\nRssAnon:\t 10 kB\nRssFile:\t 20 kB\nRssShmem:\t 30 kB\nVmData:\t 40 kB\n"
                "VmSwap:\t 50 kB\n");
    root_.Write("/proc/self/maps", "one\ntwo\n");
    root_.Write("/proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 600 kB\n");
    root_.Write("/proc/sys/vm/max_map_count", "65530\n");
    SetResourceLimits("unlimited", "unlimited");
  }

  void SetResourceLimits(const std::string& data, const std::string& address_space) {
    root_.Write("/proc/self/limits", "Max data size    " + data + "    unlimited     bytes\nMax address space   " +
                                         address_space + "     unlimited      bytes\n");
  }
  void SetGroup(const std::string& text) { root_.Write("/proc/self/cgroup", text); }
  void AddMount(const std::string& mount_root, const std::string& point, const std::string& type_and_options) {
    mountinfo_ += "35 31 0:32 " + mount_root + " " + point + " rw - " + type_and_options + "\n";
    root_.Write("/proc/self/mountinfo", mountinfo_);
    root_.Write(point + "/cgroup.procs", "");
  }
  void SetUnifiedGroup(const std::string& path) {
    SetGroup("0::" + path + "\n");
    AddMount("/", "/sys/fs/cgroup", "cgroup2 cgroup2 rw,nsdelegate");
  }

  std::vector<std::string> Read(LimitReader::Mappings mappings = LimitReader::Mappings::kSkip) {
    read_ok_ = reader_.Read(mappings, &process_, &limits_);
    return Texts(limits_);
  }

  FakeRoot root_;
  std::string mountinfo_;
  LimitReader reader_{root_.path(), std::nullopt};
  ProcessMemory process_;
  std::vector<LimitReading> limits_;
  bool read_ok_ = false;
};

TEST_F(LimitReaderTest, PlainV2) {
  SetUnifiedGroup("/system.slice/x.service");
  root_.WriteGroupV2("/sys/fs/cgroup/system.slice/x.service", "1000", "max", 500, 100);
  root_.WriteGroupV2("/sys/fs/cgroup/system.slice", "max", "max", 9000, 100);
  EXPECT_THAT(Read(), ElementsAre("cgroup2:/system.slice/x.service memory.max 400 of 1000", kHost));
  EXPECT_EQ(reader_.complaint(), "");
}

TEST_F(LimitReaderTest, NestedV2WithAnAncestorTighterThanTheGroup) {
  SetUnifiedGroup("/pod/app");
  root_.WriteGroupV2("/sys/fs/cgroup/pod/app", "9000", "max", 500, 100);
  root_.WriteGroupV2("/sys/fs/cgroup/pod", "3000", "2500", 2800, 300);
  EXPECT_THAT(Read(),
              ElementsAre("cgroup2:/pod/app memory.max 400 of 9000", "cgroup2:/pod memory.max 2500 of 3000 shared",
                          "cgroup2:/pod memory.high 2500 of 2500 shared", kHost));
  EXPECT_EQ(limits_[2].available(), 0u);
}

TEST_F(LimitReaderTest, NamespacedV2) {
  SetUnifiedGroup("/");
  root_.WriteGroupV2("/sys/fs/cgroup", "1000", "max", 500, 100);
  EXPECT_THAT(Read(), ElementsAre("cgroup2:/ memory.max 400 of 1000", kHost));
}

TEST_F(LimitReaderTest, V1) {
  SetGroup("4:memory:/docker/ab\n2:cpu:/docker/ab\n");
  AddMount("/docker/ab", "/sys/fs/cgroup/memory", "cgroup cgroup rw,memory");
  root_.WriteGroupV1("/sys/fs/cgroup/memory", "5000", "5000", 500, 100);
  EXPECT_THAT(Read(), ElementsAre("cgroup1:/docker/ab memory.limit_in_bytes 400 of 5000", kHost));
}

TEST_F(LimitReaderTest, V1WithALimitAboveWhatIsVisible) {
  SetGroup("4:memory:/docker/ab\n");
  AddMount("/docker/ab", "/sys/fs/cgroup/memory", "cgroup cgroup rw,memory");
  root_.WriteGroupV1("/sys/fs/cgroup/memory", "5000", "2000", 500, 100);
  EXPECT_THAT(Read(), ElementsAre("cgroup1:/docker/ab memory.limit_in_bytes 400 of 5000",
                                  "cgroup1:/docker/ab hierarchical_memory_limit 400 of 2000 shared", kHost));
}

TEST_F(LimitReaderTest, HybridHostWhoseMemoryIsInV1) {
  SetGroup("9:name=systemd:/\n4:memory:/job\n1:cpu:/\n0::/job\n");
  AddMount("/", "/sys/fs/cgroup/cpu", "cgroup cgroup rw,cpu");
  AddMount("/", "/sys/fs/cgroup/memory", "cgroup cgroup rw,memory");
  AddMount("/", "/sys/fs/cgroup/unified", "cgroup2 cgroup2 rw");
  root_.WriteGroupV1("/sys/fs/cgroup/memory/job", "1000", "1000", 500, 100);
  root_.WriteGroupV1("/sys/fs/cgroup/memory", kV1Unlimited, kV1Unlimited, 500, 100);
  EXPECT_THAT(Read(), ElementsAre("cgroup1:/job memory.limit_in_bytes 400 of 1000", kHost));
}

TEST_F(LimitReaderTest, HostWithoutCgroups) {
  EXPECT_THAT(Read(), ElementsAre(kHost));
  EXPECT_EQ(reader_.complaint(), "");
}

TEST_F(LimitReaderTest, NoLimitAnywhereLeavesOnlyTheHost) {
  SetUnifiedGroup("/a");
  root_.WriteGroupV2("/sys/fs/cgroup/a", "max", "max", 500, 100);
  EXPECT_THAT(Read(), ElementsAre(kHost));
  EXPECT_EQ(reader_.complaint(), "");
}

TEST_F(LimitReaderTest, GroupThatNoMountShowsIsSaidAtEveryReading) {
  SetGroup("0::/a\n");
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(Read(), ElementsAre(kHost));
    EXPECT_EQ(reader_.complaint(), "/proc/self/mountinfo: expected a mount that shows the memory cgroup /a");
  }
}

TEST_F(LimitReaderTest, ResourceLimits) {
  SetResourceLimits("50000", "700000");
  EXPECT_THAT(Read(), ElementsAre("rlimit:AS 614400 of 700000", "rlimit:DATA 40960 of 50000", kHost));
}

TEST_F(LimitReaderTest, OptionMeetsWhatTheProcessHasTakenItselfSwapIncluded) {
  LimitReader reader(root_.path(), 100000);
  EXPECT_TRUE(reader.Read(LimitReader::Mappings::kSkip, &process_, &limits_));
  EXPECT_THAT(Texts(limits_), ElementsAre(kHost, "option 92160 of 100000"));
}

TEST_F(LimitReaderTest, MappingsAreCountedOnRequest) {
  EXPECT_THAT(Read(LimitReader::Mappings::kCount), ElementsAre(kHost, "vm.max_map_count 2 of 65530 mappings"));
  EXPECT_EQ(process_.mappings, 2u);
  EXPECT_THAT(Read(LimitReader::Mappings::kSkip), ElementsAre(kHost));
  EXPECT_EQ(process_.mappings, 0u);
}

TEST_F(LimitReaderTest, LimitThatChangesIsSeenAtTheNextReading) {
  SetUnifiedGroup("/a");
  root_.WriteGroupV2("/sys/fs/cgroup/a", "1000", "max", 500, 100);
  EXPECT_THAT(Read(), Contains("cgroup2:/a memory.max 400 of 1000"));
  root_.WriteGroupV2("/sys/fs/cgroup/a", "2000", "1500", 900, 100);
  EXPECT_THAT(Read(), ElementsAre("cgroup2:/a memory.max 800 of 2000", "cgroup2:/a memory.high 800 of 1500", kHost));
  root_.WriteGroupV2("/sys/fs/cgroup/a", "max", "max", 900, 100);
  EXPECT_THAT(Read(), ElementsAre(kHost));
}

TEST_F(LimitReaderTest, MoveToAnotherGroupIsSeenAtTheNextReading) {
  SetUnifiedGroup("/a");
  root_.WriteGroupV2("/sys/fs/cgroup/a", "1000", "max", 500, 100);
  root_.WriteGroupV2("/sys/fs/cgroup/b", "7000", "max", 600, 100);
  Read();
  SetGroup("0::/b\n");
  EXPECT_THAT(Read(), ElementsAre("cgroup2:/b memory.max 500 of 7000", kHost));
}

TEST_F(LimitReaderTest, MountThatAppearsIsSeenWithinSoManyReadings) {
  SetGroup("0::/a\n");
  EXPECT_THAT(Read(), ElementsAre(kHost));
  SetUnifiedGroup("/a");
  root_.WriteGroupV2("/sys/fs/cgroup/a", "1000", "max", 500, 100);
  for (int i = 1; i < LimitReader::kReadingsPerLookup; ++i) EXPECT_THAT(Read(), ElementsAre(kHost)) << i;
  EXPECT_THAT(Read(), ElementsAre("cgroup2:/a memory.max 400 of 1000", kHost));
}

TEST_F(LimitReaderTest, WithoutTheProcessesOwnMemoryOnlyForeignCountersAreRead) {
  SetUnifiedGroup("/a");
  root_.WriteGroupV2("/sys/fs/cgroup/a", "1000", "max", 500, 100);
  SetResourceLimits("50000", "700000");
  Read(LimitReader::Mappings::kCount);
  ASSERT_NE(process_.own_bytes(), 0u);
  root_.Write("/proc/self/status", "Name:\tx\nState:\tZ (zombie)\n");
  EXPECT_THAT(Read(LimitReader::Mappings::kCount), ElementsAre("cgroup2:/a memory.max 400 of 1000", kHost));
  EXPECT_FALSE(read_ok_);
  EXPECT_EQ(process_.own_bytes(), 0u);
  EXPECT_EQ(process_.mappings, 0u);
  EXPECT_EQ(reader_.complaint(), "/proc/self/status: expected VmSize:");
}

TEST_F(LimitReaderTest, ThreadSpeaksForTheProcessWhoseMainThreadHasEnded) {
  SetResourceLimits("unlimited", "unlimited");
  for (const char* file : {"/status", "/limits", "/maps"}) {
    std::filesystem::create_directories(root_.path() + "/proc/thread-self");
    std::filesystem::rename(root_.path() + "/proc/self" + file, root_.path() + "/proc/thread-self" + file);
  }
  root_.Write("/proc/self/status", "Name:\tx\nState:\tZ (zombie)\n");
  root_.Write("/proc/self/maps", "");
  root_.Write("/proc/self/cgroup", "0::/\n");
  root_.Write("/proc/thread-self/cgroup", "0::/a\n");
  root_.Write("/proc/thread-self/mountinfo", "35 31 0:32 / /cg rw - cgroup2 cgroup2 rw\n");
  root_.WriteGroupV2("/cg/a", "1000", "max", 500, 100);
  root_.Write("/cg/cgroup.procs", "");
  EXPECT_THAT(Read(LimitReader::Mappings::kCount),
              ElementsAre("cgroup2:/a memory.max 400 of 1000", kHost, "vm.max_map_count 2 of 65530 mappings"));
  EXPECT_TRUE(read_ok_);
  EXPECT_EQ(reader_.complaint(), "");
}

TEST_F(LimitReaderTest, EmptyRootHasNoLimitAndNoProcess) {
  FakeRoot empty;
  LimitReader reader(empty.path(), 100000);
  limits_.resize(3);
  EXPECT_FALSE(reader.Read(LimitReader::Mappings::kCount, &process_, &limits_));
  EXPECT_THAT(limits_, IsEmpty());
}

TEST_F(LimitReaderTest, EveryFileGarbageLeavesNothingAndSaysSo) {
  SetUnifiedGroup("/a");
  for (const char* file :
       {"/proc/self/status", "/proc/self/limits", "/proc/self/maps", "/proc/self/cgroup", "/proc/self/mountinfo",
        "/proc/meminfo", "/proc/sys/vm/max_map_count", "/sys/fs/cgroup/a/memory.max"}) {
    root_.Write(file, std::string("\0\xff:: - / \n:\n kB\n", 17) + std::string(10000, '9'));
  }
  EXPECT_THAT(Read(LimitReader::Mappings::kCount), IsEmpty());
  EXPECT_FALSE(read_ok_);
  EXPECT_NE(reader_.complaint(), "");
}

TEST_F(LimitReaderTest, AllocatesNothingBetweenTwoLookUps) {
  SetUnifiedGroup("/system.slice/a-service-with-a-long-name.service");
  root_.WriteGroupV2("/sys/fs/cgroup/system.slice/a-service-with-a-long-name.service", "1000", "900", 500, 100);
  SetResourceLimits("50000", "700000");
  reader_.Read(LimitReader::Mappings::kCount, &process_, &limits_);
  const size_t before = g_allocations;
  for (int i = 1; i < LimitReader::kReadingsPerLookup; ++i) {
    reader_.Read(LimitReader::Mappings::kCount, &process_, &limits_);
  }
  EXPECT_EQ(g_allocations, before);
  EXPECT_EQ(limits_.size(), 6u);
}

}  // namespace
}  // namespace headroom
