#include "recorder/owner.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "recorder/writer.h"
#include "tests/alarm/sinks/temporary_directory.h"
#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

// A process that does nothing until it is ended.
class Neighbour {
 public:
  explicit Neighbour(const char* name = "neighbour") : pid_(fork()) {
    if (pid_ != 0) return;
    prctl(PR_SET_NAME, name);
    for (;;) pause();
  }
  ~Neighbour() { End(); }
  void End() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

void DateAt(const std::string& path, time_t seconds_from_now) {
  const timespec times[2] = {{0, UTIME_NOW}, {time(nullptr) + seconds_from_now, 0}};
  ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

class Owner : public testing::Test {
 protected:
  void RecordOf(pid_t pid, int records = 1) {
    Status status = ExampleStatus();
    status.pid = pid;
    Writer writer(path_);
    for (int i = 0; i < records; ++i) ASSERT_TRUE(writer.Write(status));
    DateAt(path_, 1);  // clear of the clocks' granularity
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_ / "record.hr";
};

TEST_F(Owner, ARunningProcessKeepsItsRecord) {
  Neighbour neighbour;
  for (const int records : {1, 2, 3}) {
    RecordOf(neighbour.pid(), records);
    EXPECT_TRUE(IsKeptByAnother(path_, getpid())) << records;
  }
  neighbour.End();
  EXPECT_FALSE(IsKeptByAnother(path_, getpid()));
}

TEST_F(Owner, ANameMadeToConfuseDoesNot) {
  Neighbour neighbour(") 1 2\n) 3");
  RecordOf(neighbour.pid());
  EXPECT_TRUE(IsKeptByAnother(path_, getpid()));
}

TEST_F(Owner, AProcessThatBeganAfterTheRecordWasWrittenOnlyHasTheNumber) {
  Neighbour neighbour;
  RecordOf(neighbour.pid());
  DateAt(path_, -60);
  EXPECT_FALSE(IsKeptByAnother(path_, getpid()));
}

TEST_F(Owner, TheRecordThatThisProcessWroteUnderAnotherProgramIsItsOwn) {
  RecordOf(getpid());
  EXPECT_FALSE(IsKeptByAnother(path_, getpid()));
}

TEST_F(Owner, WhatIsNoRecordIsNobodys) {
  EXPECT_FALSE(IsKeptByAnother(path_, getpid()));
  EXPECT_FALSE(IsKeptByAnother(directory_.path(), getpid()));
  const std::string header = std::string("HEADROOM") + std::string(24, '\0');
  for (const std::string& content :
       {std::string(), std::string("HEADROOM"), std::string("{\"pid\":1,") + std::string(100, 'x'), header,
        header + "\"pid\":", header + "\"pid\":x", header + "\"pid\":-1", header + "\"pid\":99999999999999999999"}) {
    WriteWhole(path_, content);
    DateAt(path_, 1);
    EXPECT_FALSE(IsKeptByAnother(path_, getpid())) << content;
  }
}

}  // namespace
}  // namespace headroom
