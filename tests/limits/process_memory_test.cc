#include "limits/process_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/limits/fake_root.h"

namespace headroom {
namespace {

using testing::Optional;

constexpr char kStatus[] =
    "Name:\tVmSize: 1 kB\nVmPeak:\t    9 kB\nVmSize:\t    600 kB\nVmRSS:\t    60 kB\nRssAnon:\t     10 kB\n"
    "RssFile:\t    20 kB\nRssShmem:\t      30 kB\nVmData:\t     40 kB\nVmStk:\t 5 kB\nVmSwap:\t       50 kB\n";

class ProcessMemoryTest : public testing::Test {
 protected:
  std::optional<ProcessMemory> Read(std::string_view status) {
    root_.Write("/proc/self/status", status);
    return ReadProcessMemory(files_, "/proc/self");
  }
  std::optional<uint64_t> Count(std::string_view maps) {
    root_.Write("/proc/self/maps", maps);
    return CountMappings(files_, "/proc/self");
  }

  FakeRoot root_;
  KernelFiles files_{root_.path()};
};

TEST_F(ProcessMemoryTest, IsReadInBytes) {
  const auto memory = Read(kStatus);
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->vm_size_bytes, 600u * 1024);
  EXPECT_EQ(memory->rss_anon_bytes, 10u * 1024);
  EXPECT_EQ(memory->rss_file_bytes, 20u * 1024);
  EXPECT_EQ(memory->rss_shmem_bytes, 30u * 1024);
  EXPECT_EQ(memory->vm_data_bytes, 40u * 1024);
  EXPECT_EQ(memory->swap_bytes, 50u * 1024);
  EXPECT_EQ(memory->mappings, 0u);
}

TEST_F(ProcessMemoryTest, OwnBytesAreAnonymousSharedAndSwapped) {
  const auto memory = Read(kStatus);
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->own_bytes(), (10u + 30 + 50) * 1024);
}

TEST_F(ProcessMemoryTest, WithOneFieldMissingIsUnknown) {
  const std::string status = kStatus;
  for (const char* field : {"\nVmSize:", "\nRssAnon:", "\nRssFile:", "\nRssShmem:", "\nVmData:", "\nVmSwap:"}) {
    std::string without = status;
    without.insert(without.find(field) + 1, "x");
    files_.ClearComplaint();
    EXPECT_FALSE(Read(without)) << field;
    EXPECT_EQ(files_.complaint(), std::string("/proc/self/status: expected ") + (field + 1));
  }
}

TEST_F(ProcessMemoryTest, OfATruncatedOrMissingFileIsUnknown) {
  EXPECT_FALSE(ReadProcessMemory(files_, "/proc/self"));
  const std::string status = kStatus;
  for (size_t length = 0; length < status.size(); ++length) EXPECT_FALSE(Read(status.substr(0, length))) << length;
}

TEST_F(ProcessMemoryTest, MappingsAreTheLinesOfMaps) {
  EXPECT_THAT(Count("5605d6c23000-5605d6c24000 r--p 00000000 fe:00 10952736     /bin/x\n"
                    "7ffd1c7a6000-7ffd1c7c7000 rw-p 00000000 00:00 0            [stack]\n"),
              Optional(2u));
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(ProcessMemoryTest, MappingsThatCannotAllBeCountedAreUnknown) {
  for (const char* maps : {"", "one\ntwo\nthr"}) {
    files_.ClearComplaint();
    EXPECT_FALSE(Count(maps));
    EXPECT_EQ(files_.complaint(), "/proc/self/maps: expected one whole line a mapping");
  }
}

}  // namespace
}  // namespace headroom
