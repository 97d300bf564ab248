#include "recorder/writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "recorder/layout.h"
#include "recorder/reader.h"
#include "tests/alarm/sinks/temporary_directory.h"
#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

Status StatusAt(uint64_t tick) {
  Status status = ExampleStatus();
  status.tick = tick;
  status.top_sites[0].frames.back().offset = tick;  // so that records differ to their end
  return status;
}

// The tick of the newest record; -1 where there is none.
int64_t NewestTick(const std::string& path) {
  const Record record = ReadRecord(path);
  return record.error.empty() ? nlohmann::json::parse(record.json)["tick"].get<int64_t>() : -1;
}

class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_;
};

TEST(Writer, TheNewestRecordIsFoundAfterEachWrite) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  for (uint64_t tick = 1; tick <= 5; ++tick) {
    EXPECT_TRUE(writer.Write(StatusAt(tick)));
    EXPECT_EQ(NewestTick(writer.path()), static_cast<int64_t>(tick));
  }
  EXPECT_EQ(writer.last_error(), "");
}

TEST(Writer, TheFileIsBoundedAndTheOwnersAlone) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  for (uint64_t tick = 1; tick <= 9; ++tick) ASSERT_TRUE(writer.Write(StatusAt(tick)));
  struct stat file;
  ASSERT_EQ(stat(writer.path().c_str(), &file), 0);
  EXPECT_LE(file.st_size, static_cast<off_t>(kSlots * kSlotBytes));
  EXPECT_EQ(file.st_mode & 0777, 0600u);
}

TEST(Writer, ADeathInTheMiddleOfAWriteLeavesTheRecordBefore) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  ASSERT_TRUE(writer.Write(StatusAt(1)));
  ASSERT_TRUE(writer.Write(StatusAt(2)));
  const std::string two_records = ReadWhole(writer.path());
  ASSERT_TRUE(writer.Write(StatusAt(3)));
  const std::string after = ReadWhole(writer.path());
  const size_t begin = SlotOf(3) * kSlotBytes;
  for (const size_t written : {size_t{0}, size_t{9}, size_t{20}, size_t{31}, size_t{40}, size_t{500}}) {
    std::string torn = two_records;
    torn.replace(begin, written, after, begin, written);
    EXPECT_EQ(nlohmann::json::parse(FindRecord(torn).json)["tick"], 2) << written << " bytes were written";
  }
}

TEST(Writer, AFullDiskNeverCostsTheRecordThatStands) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  ASSERT_TRUE(writer.Write(StatusAt(1)));
  ASSERT_TRUE(writer.Write(StatusAt(2)));
  {
    FileSizeLimit limit(100);
    for (uint64_t tick = 3; tick <= 6; ++tick) {
      EXPECT_FALSE(writer.Write(StatusAt(tick)));
      EXPECT_EQ(NewestTick(writer.path()), 2);
    }
    EXPECT_EQ(writer.last_error(), writer.path() + ": File too large");
  }
  EXPECT_TRUE(writer.Write(StatusAt(7)));
  EXPECT_EQ(NewestTick(writer.path()), 7);
}

TEST(Writer, ANewProcessStartsItsFileAnew) {
  TemporaryDirectory directory;
  Writer before(directory / "1.hr");
  for (uint64_t tick = 100; tick < 110; ++tick) ASSERT_TRUE(before.Write(StatusAt(tick)));
  Writer after(directory / "1.hr");
  ASSERT_TRUE(after.Write(StatusAt(1)));
  EXPECT_EQ(NewestTick(after.path()), 1);
}

TEST(Writer, ARemovedFileComesBack) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  for (uint64_t tick = 1; tick <= 2; ++tick) ASSERT_TRUE(writer.Write(StatusAt(tick)));
  for (uint64_t tick = 3; tick <= 4; ++tick) {
    unlink(writer.path().c_str());
    ASSERT_TRUE(writer.Write(StatusAt(tick)));
    EXPECT_EQ(NewestTick(writer.path()), static_cast<int64_t>(tick)) << "alone in either slot";
  }
}

TEST(Writer, AMissingDirectoryIsNamedAndHealed) {
  TemporaryDirectory directory;
  Writer writer(directory / "run/1.hr");
  EXPECT_FALSE(writer.Write(StatusAt(1)));
  EXPECT_EQ(writer.last_error(), (directory / "run/1.hr") + ": No such file or directory");
  ASSERT_EQ(mkdir((directory / "run").c_str(), 0700), 0);
  EXPECT_TRUE(writer.Write(StatusAt(2)));
  EXPECT_EQ(writer.last_error(), "");
}

TEST(Writer, LinksAreRefused) {
  TemporaryDirectory directory;
  WriteWhole(directory / "precious", "precious");
  ASSERT_EQ(symlink((directory / "precious").c_str(), (directory / "1.hr").c_str()), 0);
  Writer soft(directory / "1.hr");
  EXPECT_FALSE(soft.Write(StatusAt(1)));
  EXPECT_EQ(soft.last_error(), (directory / "1.hr") + ": it is a symbolic link");
  ASSERT_EQ(link((directory / "precious").c_str(), (directory / "2.hr").c_str()), 0);
  Writer hard(directory / "2.hr");
  EXPECT_FALSE(hard.Write(StatusAt(1)));
  EXPECT_EQ(ReadWhole(directory / "precious"), "precious");
}

// In a directory that is open to all, somebody else may have made the file first. The superuser makes such a file here;
// other users meet it as a file that they may not open.
TEST(Writer, AFileOfAnotherUserIsRefused) {
  TemporaryDirectory directory;
  const bool is_root = geteuid() == 0;
  const std::string theirs = is_root ? directory / "1.hr" : "/etc/passwd";
  if (is_root) {
    WriteWhole(theirs, "theirs");
    ASSERT_EQ(chown(theirs.c_str(), 65534, 65534), 0);
  }
  Writer writer(theirs);
  EXPECT_FALSE(writer.Write(StatusAt(1)));
  EXPECT_EQ(writer.last_error(), theirs + (is_root ? ": it belongs to another user" : ": Permission denied"));
}

TEST(Writer, WhatIsNoRegularFileIsRefusedWithoutBlocking) {
  TemporaryDirectory directory;
  ASSERT_EQ(mkfifo((directory / "1.hr").c_str(), 0600), 0);
  EXPECT_FALSE(Writer(directory / "1.hr").Write(StatusAt(1)));
  Writer device("/dev/full");
  EXPECT_FALSE(device.Write(StatusAt(1)));
  EXPECT_EQ(device.last_error(), "/dev/full: it is not a regular file");
}

TEST(Writer, NoDescriptorIsKept) {
  TemporaryDirectory directory;
  const int next = dup(0);
  close(next);
  Writer writer(directory / "1.hr");
  ASSERT_TRUE(writer.Write(StatusAt(1)));
  const int next_now = dup(0);
  close(next_now);
  EXPECT_EQ(next_now, next);
}

}  // namespace
}  // namespace headroom
