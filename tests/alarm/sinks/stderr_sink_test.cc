#include "alarm/sinks/stderr_sink.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace {
std::atomic<int> allocations{0};
}

// Not inlined: the compiler would see free() meet memory of operator new and call it a mistake.
[[gnu::noinline]] void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void* operator new(size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace headroom {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

struct Pipe {
  Pipe() { EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0); }
  ~Pipe() {
    CloseReader();
    close(ends[1]);
  }
  void CloseReader() {
    if (ends[0] >= 0) close(ends[0]);
    ends[0] = -1;
  }
  std::string Read() {
    std::string text(1 << 16, '\0');
    text.resize(static_cast<size_t>(std::max<ssize_t>(read(ends[0], text.data(), text.size()), 0)));
    return text;
  }
  int writer() const { return ends[1]; }

  int ends[2] = {-1, -1};
};

StderrSink SinkFor(int fd) { return StderrSink(fd, FileIdentity::Of(fd)); }

// A descriptor number that means another file than it did when the sink was made.
class MovingDescriptor {
 public:
  explicit MovingDescriptor(int first) : fd_(fcntl(first, F_DUPFD_CLOEXEC, 100)) {}
  ~MovingDescriptor() { close(fd_); }
  void Become(int other) { dup2(other, fd_); }
  int get() const { return fd_; }

 private:
  int fd_;
};

TEST(StderrSink, AnEventIsOneParagraph) {
  Pipe pipe;
  StderrSink sink = SinkFor(pipe.writer());
  EXPECT_TRUE(sink.Retry(0));
  EXPECT_TRUE(sink.Deliver(ExampleEvent()));
  const std::string text = pipe.Read();
  EXPECT_THAT(text, StartsWith("headroom: WARNING: memory leak in collectd (pid 1234)"));
  EXPECT_THAT(text, EndsWith("(alarm site-7f3a)\n"));
}

TEST(StderrSink, ANoteIsOnePrintableLine) {
  Pipe pipe;
  StderrSink sink = SinkFor(pipe.writer());
  EXPECT_TRUE(sink.Note(0, Code::kSinkFails, "a\nb"));
  EXPECT_EQ(pipe.Read(), "headroom: a?b [HR-304]\n");
}

TEST(StderrSink, DeliveryAllocatesNothing) {
  Pipe pipe;
  StderrSink sink = SinkFor(pipe.writer());
  const AlarmEvent event = ExampleEvent();
  const int before = allocations;
  const bool delivered = sink.Deliver(event);
  const int during = allocations - before;
  EXPECT_TRUE(delivered);
  EXPECT_EQ(during, 0);
}

TEST(StderrSink, AClosedDescriptorIsReported) {
  StderrSink sink = SinkFor(250);
  EXPECT_FALSE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.last_error(), "it is closed");
  EXPECT_EQ(sink.lost(), 1u);
}

TEST(StderrSink, TheNullDeviceCountsAsNotDelivered) {
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  StderrSink sink = SinkFor(null);
  EXPECT_FALSE(sink.Retry(0));
  EXPECT_EQ(sink.last_error(), "it is /dev/null");
  close(null);
}

TEST(StderrSink, AFullPipeDoesNotBlock) {
  Pipe pipe;
  StderrSink sink = SinkFor(pipe.writer());
  int delivered = 0;
  while (delivered < 1000 && sink.Deliver(ExampleEvent())) ++delivered;
  EXPECT_GT(delivered, 0);
  EXPECT_LT(delivered, 1000);
  EXPECT_EQ(sink.last_error(), "its reader is stuck and it is full");
  pipe.Read();
  EXPECT_TRUE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.last_error(), "");
}

TEST(StderrSink, AReaderThatIsGoneDoesNotEndTheProcess) {
  Pipe pipe;
  StderrSink sink = SinkFor(pipe.writer());
  pipe.CloseReader();
  EXPECT_FALSE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.last_error(), "nobody reads it any more");
}

TEST(StderrSink, TheSocketOfTheJournalIsWrittenTo) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  StderrSink sink = SinkFor(ends[0]);
  EXPECT_TRUE(sink.Note(0, Code::kSinkFails, "hello"));
  char text[64];
  EXPECT_EQ(std::string(text, static_cast<size_t>(read(ends[1], text, sizeof(text)))), "headroom: hello [HR-304]\n");
  int delivered = 0;
  while (delivered < 10000 && sink.Deliver(ExampleEvent())) ++delivered;
  EXPECT_LT(delivered, 10000) << "never full";
  close(ends[0]);
  close(ends[1]);
}

TEST(StderrSink, AConnectionThatTookTheNumberOfStderrIsLeftAlone) {
  Pipe pipe;
  MovingDescriptor stderr_now(pipe.writer());
  StderrSink sink = SinkFor(stderr_now.get());
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  stderr_now.Become(ends[0]);
  EXPECT_FALSE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.last_error(), "the daemon uses its number for something else");
  char byte;
  EXPECT_EQ(recv(ends[1], &byte, 1, MSG_DONTWAIT), -1);
  close(ends[0]);
  close(ends[1]);
}

TEST(StderrSink, ADataFileThatTookTheNumberOfStderrIsLeftAlone) {
  TemporaryDirectory directory;
  Pipe pipe;
  MovingDescriptor stderr_now(pipe.writer());
  StderrSink sink = SinkFor(stderr_now.get());
  const int data = open((directory / "data").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  stderr_now.Become(data);
  EXPECT_FALSE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(ReadWhole(directory / "data"), "");
  close(data);
}

TEST(StderrSink, ASinkMadeAfterTheNumberWasReusedKnowsTheFileThatWasThereBefore) {
  TemporaryDirectory directory;
  Pipe pipe;
  const FileIdentity original = FileIdentity::Of(pipe.writer());
  const int data = open((directory / "data").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  StderrSink sink(data, original);
  EXPECT_FALSE(sink.Note(0, Code::kSinkFails, "hello"));
  EXPECT_EQ(ReadWhole(directory / "data"), "");
  close(data);
}

TEST(StderrSink, WhatTookTheNumberOfAStderrThatWasClosedFromTheStartIsLeftAlone) {
  TemporaryDirectory directory;
  const int data = open((directory / "data").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  StderrSink sink(data, FileIdentity::Of(-1));
  EXPECT_FALSE(sink.Note(0, Code::kSinkFails, "hello"));
  EXPECT_EQ(ReadWhole(directory / "data"), "");
  close(data);
}

TEST(StderrSink, ALogFileThatTheDaemonPutInPlaceOfStderrIsWrittenTo) {
  TemporaryDirectory directory;
  Pipe pipe;
  MovingDescriptor stderr_now(pipe.writer());
  StderrSink sink = SinkFor(stderr_now.get());
  const int log = open((directory / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  stderr_now.Become(log);
  EXPECT_TRUE(sink.Note(0, Code::kSinkFails, "hello"));
  EXPECT_EQ(ReadWhole(directory / "log"), "headroom: hello [HR-304]\n");
  close(log);
}

TEST(StderrSink, AnAlreadyRedirectedFileIsWrittenToHoweverItWasOpened) {
  TemporaryDirectory directory;
  const int file = open((directory / "out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  StderrSink sink = SinkFor(file);
  EXPECT_TRUE(sink.Note(0, Code::kSinkFails, "hello"));
  EXPECT_EQ(ReadWhole(directory / "out"), "headroom: hello [HR-304]\n");
  close(file);
}

TEST(StderrSink, AFullDiskIsNamed) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  StderrSink sink = SinkFor(full);
  EXPECT_FALSE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.last_error(), "No space left on device");
  close(full);
}

}  // namespace
}  // namespace headroom
