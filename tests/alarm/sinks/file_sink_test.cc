#include "alarm/sinks/file_sink.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

AlarmEvent EventNamed(std::string id) {
  AlarmEvent event = ExampleEvent();
  event.id = std::move(id);
  return event;
}

// The ids of the events in a file of JSON lines; a line that is not JSON shows as "?".
std::vector<std::string> Ids(const std::string& path) {
  std::vector<std::string> ids;
  std::istringstream lines(ReadWhole(path));
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    ids.push_back(event.is_discarded() ? "?" : event.value("id", event.value("message", "")));
  }
  return ids;
}

int OpenDescriptors() {
  int count = 0;
  for (int fd = 0; fd < 256; ++fd) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

TEST(FileSink, EachEventIsOneLine) {
  TemporaryDirectory directory;
  FileSink sink(directory / "alarms.jsonl");
  EXPECT_TRUE(sink.Deliver(EventNamed("a")));
  EXPECT_TRUE(sink.Deliver(EventNamed("b")));
  EXPECT_THAT(Ids(directory / "alarms.jsonl"), ElementsAre("a", "b"));
  EXPECT_EQ(sink.last_error(), "");
}

TEST(FileSink, ANoteIsALineOfItsOwnKind) {
  TemporaryDirectory directory;
  FileSink sink(directory / "alarms.jsonl");
  EXPECT_TRUE(sink.Note(1714584123.25, Code::kSinkFails, "alarms do not reach stderr: it is closed"));
  const auto note = nlohmann::json::parse(ReadWhole(directory / "alarms.jsonl"));
  EXPECT_EQ(note["event"], "note");
  EXPECT_EQ(note["code"], "HR-304");
  EXPECT_EQ(note["time"], "2024-05-01T17:22:03.250Z");
  EXPECT_EQ(note["message"], "alarms do not reach stderr: it is closed");
}

TEST(FileSink, TheFileIsTheOwnersAlone) {
  TemporaryDirectory directory;
  FileSink sink(directory / "alarms.jsonl");
  ASSERT_TRUE(sink.Retry(0));
  struct stat file;
  ASSERT_EQ(stat((directory / "alarms.jsonl").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_EQ(file.st_size, 0);
}

TEST(FileSink, LogRotationIsFollowed) {
  TemporaryDirectory directory;
  FileSink sink(directory / "alarms.jsonl");
  ASSERT_TRUE(sink.Deliver(EventNamed("a")));
  ASSERT_EQ(rename((directory / "alarms.jsonl").c_str(), (directory / "alarms.jsonl.1").c_str()), 0);
  ASSERT_TRUE(sink.Deliver(EventNamed("b")));
  EXPECT_THAT(Ids(directory / "alarms.jsonl"), ElementsAre("b"));
}

TEST(FileSink, NoDescriptorIsKept) {
  TemporaryDirectory directory;
  FileSink sink(directory / "alarms.jsonl");
  const int before = OpenDescriptors();
  ASSERT_TRUE(sink.Deliver(EventNamed("a")));
  EXPECT_EQ(OpenDescriptors(), before);
}

TEST(FileSink, WhatFailsWaitsAndGoesOutInOrder) {
  TemporaryDirectory directory;
  FileSink sink(directory / "later/alarms.jsonl");
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  EXPECT_FALSE(sink.Deliver(EventNamed("b")));
  EXPECT_EQ(sink.waiting(), 2u);
  EXPECT_EQ(sink.last_error(), "cannot be opened: No such file or directory");
  ASSERT_EQ(mkdir((directory / "later").c_str(), 0700), 0);
  EXPECT_TRUE(sink.Deliver(EventNamed("c")));
  EXPECT_THAT(Ids(directory / "later/alarms.jsonl"), ElementsAre("a", "b", "c"));
  EXPECT_EQ(sink.waiting(), 0u);
  EXPECT_EQ(sink.lost(), 0u);
  EXPECT_EQ(sink.last_error(), "");
}

TEST(FileSink, RetryDeliversWhatWaitsWithoutANewEvent) {
  TemporaryDirectory directory;
  FileSink sink(directory / "later/alarms.jsonl");
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  EXPECT_FALSE(sink.Retry(0));
  ASSERT_EQ(mkdir((directory / "later").c_str(), 0700), 0);
  EXPECT_TRUE(sink.Retry(0));
  EXPECT_THAT(Ids(directory / "later/alarms.jsonl"), ElementsAre("a"));
}

TEST(FileSink, WaitingIsBoundedAndLossesAreCounted) {
  TemporaryDirectory directory;
  FileSink sink(directory / "later/alarms.jsonl");
  for (size_t i = 0; i < LineQueue::kMaxLines + 5; ++i) EXPECT_FALSE(sink.Deliver(EventNamed(std::to_string(i))));
  EXPECT_EQ(sink.waiting(), LineQueue::kMaxLines);
  EXPECT_EQ(sink.lost(), 5u);
}

TEST(FileSink, AFullDiskIsNamed) {
  FileSink sink("/dev/full");
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  EXPECT_EQ(sink.last_error(), "cannot be written: No space left on device");
  EXPECT_EQ(sink.waiting(), 1u);
}

TEST(FileSink, ADirectoryIsNamed) {
  TemporaryDirectory directory;
  FileSink sink(directory.path());
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  EXPECT_EQ(sink.last_error(), "cannot be opened: Is a directory");
}

TEST(FileSink, ASymbolicLinkIsRefused) {
  TemporaryDirectory directory;
  WriteWhole(directory / "precious", "precious");
  ASSERT_EQ(symlink((directory / "precious").c_str(), (directory / "alarms.jsonl").c_str()), 0);
  FileSink sink(directory / "alarms.jsonl");
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  EXPECT_EQ(sink.last_error(), "cannot be opened: it is a symbolic link");
  EXPECT_EQ(ReadWhole(directory / "precious"), "precious");
}

TEST(FileSink, AFifoThatNobodyReadsDoesNotBlock) {
  TemporaryDirectory directory;
  ASSERT_EQ(mkfifo((directory / "fifo").c_str(), 0600), 0);
  FileSink sink(directory / "fifo");
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  EXPECT_EQ(sink.last_error(), "cannot be opened: nobody reads it");
}

TEST(FileSink, AFifoThatIsFullDoesNotBlockAndIsTornOnlyOnce) {
  TemporaryDirectory directory;
  ASSERT_EQ(mkfifo((directory / "fifo").c_str(), 0600), 0);
  const int reader = open((directory / "fifo").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  FileSink sink(directory / "fifo");
  AlarmEvent event = EventNamed("a");
  event.frames.assign(64, NamedFrame(std::string(400, 'x')));
  int delivered = 0;
  while (delivered < 100 && sink.Deliver(event)) ++delivered;
  ASSERT_LT(delivered, 100) << "the FIFO never filled up";
  EXPECT_THAT(std::string(sink.last_error()), HasSubstr("cannot be written"));
  std::string got(1 << 20, '\0');
  got.resize(static_cast<size_t>(read(reader, got.data(), got.size())));
  ASSERT_TRUE(sink.Retry(0));
  std::string rest(1 << 20, '\0');
  rest.resize(static_cast<size_t>(read(reader, rest.data(), rest.size())));
  close(reader);
  WriteWhole(directory / "all", got + rest);
  std::vector<std::string> ids = Ids(directory / "all");
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "a"), delivered + 1);
  EXPECT_LE(std::count(ids.begin(), ids.end(), "?"), 1);
}

TEST(FileSink, ALineTornByALimitIsEndedBeforeTheNext) {
  TemporaryDirectory directory;
  const std::string path = directory / "alarms.jsonl";
  FileSink sink(path);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  EXPECT_FALSE(sink.Deliver(EventNamed("a")));
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(sink.last_error(), "cannot be written: File too large");
  EXPECT_TRUE(sink.Deliver(EventNamed("b")));
  EXPECT_THAT(Ids(path), ElementsAre("?", "a", "b"));
}

}  // namespace
}  // namespace headroom
