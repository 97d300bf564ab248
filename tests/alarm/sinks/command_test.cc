#include "alarm/sinks/command.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <string>
#include <thread>

#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr milliseconds kPatient{60'000};

// Until the run that was started is over.
void Await(Command& command) {
  while (!command.HasEnded()) std::this_thread::sleep_for(milliseconds(1));
}

// A directory with a shell script in it, which may write to files there.
struct Script {
  explicit Script(const std::string& body) {
    WriteWhole(path(), "#!/bin/sh\ncd " + directory.path() + "\n" + body + "\n");
    EXPECT_EQ(chmod(path().c_str(), 0755), 0);
  }
  std::string path() const { return directory / "script"; }
  std::string Output(const std::string& name = "out") const { return ReadWhole(directory / name); }

  TemporaryDirectory directory;
};

std::string RunToEnd(Command& command, std::string_view input) {
  EXPECT_TRUE(command.Start(input)) << command.error();
  Await(command);
  return std::string(command.error());
}

// And not only waiting for whoever inherited it to take note of its end.
bool IsAlive(pid_t process) {
  const std::string status = ReadWhole("/proc/" + std::to_string(process) + "/status");
  return !status.empty() && status.find("State:\tZ") == std::string::npos;
}

std::atomic<int> child_signals{0};
std::atomic<int> forks_seen{0};

// Counts what a daemon would notice of its children.
class ChildWatch {
 public:
  ChildWatch() {
    child_signals = 0;
    struct sigaction count {};
    count.sa_handler = [](int) { ++child_signals; };
    sigaction(SIGCHLD, &count, &before_);
  }
  ~ChildWatch() { sigaction(SIGCHLD, &before_, nullptr); }

 private:
  struct sigaction before_;
};

TEST(Command, ReadsItsInputToTheEnd) {
  Script script("cat > out");
  Command command(script.path(), kPatient);
  const std::string input(70'000, 'x');
  EXPECT_EQ(RunToEnd(command, input), "");
  EXPECT_EQ(script.Output(), input);
}

TEST(Command, GetsItsWords) {
  Script script("echo \"$#:$1:$2\" > out");
  Command command(script.path() + " a   --team=b;c", kPatient);
  EXPECT_EQ(RunToEnd(command, ""), "");
  EXPECT_EQ(script.Output(), "2:a:--team=b;c\n");
}

TEST(Command, IsRunAgainAndAgain) {
  Script script("cat >> out");
  Command command(script.path(), kPatient);
  for (const char* input : {"a", "b", "c"}) EXPECT_EQ(RunToEnd(command, input), "");
  EXPECT_EQ(script.Output(), "abc");
}

// Runs a command and looks all the while at what the program sees of it.
void ExpectNothingIsSeenOfACommand() {
  ChildWatch watch;
  Script script("while [ ! -e go ]; do sleep 0.01; done");
  Command command(script.path(), kPatient);
  ASSERT_TRUE(command.Start("x"));
  errno = 0;
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a running command is the program's child";
  EXPECT_EQ(errno, ECHILD);
  WriteWhole(script.directory / "go", "");
  siginfo_t info;
  while (command.is_running() && !command.HasEnded()) {
    EXPECT_EQ(waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT), -1) << "an ended command is the program's child";
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(command.error(), "");
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "something of the command was left to the program";
  EXPECT_EQ(child_signals, 0);
}

TEST(Command, TheProgramSeesNeitherChildNorSignal) { ExpectNothingIsSeenOfACommand(); }

// As is the first process of a container.
TEST(Command, AProgramThatInheritsOrphansSeesNeitherChildNorSignal) {
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  ExpectNothingIsSeenOfACommand();
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

TEST(Command, ForkHandlersOfTheProgramDoNotRun) {
  pthread_atfork([] { ++forks_seen; }, [] { ++forks_seen; }, [] { ++forks_seen; });
  Command command("/bin/true", kPatient);
  EXPECT_EQ(RunToEnd(command, ""), "");
  EXPECT_EQ(forks_seen, 0);
}

TEST(Command, HandlersAndMaskOfTheProgramDoNotReachIt) {
  struct sigaction ignore {
  }, before;
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  Script script("grep -E '^Sig(Blk|Ign):' /proc/self/status > out");
  Command command(script.path(), kPatient);
  sigset_t all, mask;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask);
  const std::string error = RunToEnd(command, "");
  pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  sigaction(SIGPIPE, &before, nullptr);
  EXPECT_EQ(error, "");
  EXPECT_EQ(script.Output(), "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST(Command, DescriptorsAndEnvironmentOfTheProgramDoNotReachIt) {
  const int open_file = open("/dev/null", O_RDONLY);  // inherited by exec
  ASSERT_EQ(setenv("LD_PRELOAD_LIKE", "secret", 1), 0);
  Script script("ls /proc/self/fd > out; env > env; readlink /proc/self/fd/1 /proc/self/fd/2 > streams");
  Command command(script.path(), kPatient);
  EXPECT_EQ(RunToEnd(command, ""), "");
  close(open_file);
  EXPECT_EQ(script.Output(), "0\n1\n2\n3\n");  // the third is the list's own
  EXPECT_THAT(script.Output("env"), Not(HasSubstr("secret")));
  EXPECT_THAT(script.Output("env"), HasSubstr("PATH=/usr/local/sbin:"));
  EXPECT_THAT(script.Output("streams"), HasSubstr("/dev/null"));
}

TEST(Command, WorksWhereTheProgramHasClosedItsStreams) {
  Script script("cat > out");
  Command command(script.path(), kPatient);
  const int saved = fcntl(0, F_DUPFD_CLOEXEC, 100);
  close(0);
  const std::string error = RunToEnd(command, "hello");
  if (saved >= 0) {
    dup2(saved, 0);
    close(saved);
  }
  EXPECT_EQ(error, "");
  EXPECT_EQ(script.Output(), "hello");
}

TEST(Command, OneThatIsLateIsKilledWithAllItStarted) {
  Script script("sleep 1000 & echo $! > pid; wait");
  Command command(script.path(), milliseconds(1000));
  EXPECT_EQ(RunToEnd(command, ""), "it did not end in time and was killed");
  const std::string pid = script.Output("pid");
  ASSERT_NE(pid, "") << "it was killed before it began";
  while (IsAlive(std::stoi(pid))) std::this_thread::sleep_for(milliseconds(1));
}

TEST(Command, AProgramThatIsMissingIsNamedBeforeAndAfter) {
  Command command("/nowhere/pager", kPatient);
  EXPECT_FALSE(command.IsThere());
  EXPECT_EQ(command.error(), "it cannot be started: No such file or directory");
  EXPECT_EQ(RunToEnd(command, "x"), "it cannot be started: No such file or directory");
}

TEST(Command, AStatusOrASignalIsNamed) {
  Script seven("exit 7");
  Command status(seven.path(), kPatient);
  EXPECT_EQ(RunToEnd(status, ""), "it ended with status 7");
  Script segv("kill -SEGV $$");
  Command signal(segv.path(), kPatient);
  EXPECT_EQ(RunToEnd(signal, ""), "it was ended by signal SEGV");
}

TEST(Command, OneThatIsStillRunningIsLeftToItself) {
  Script script("echo > started; while [ ! -e go ]; do sleep 0.01; done; echo done > out");
  {
    Command command(script.path(), kPatient);
    ASSERT_TRUE(command.Start("x"));
    while (script.Output("started").empty()) std::this_thread::sleep_for(milliseconds(1));
  }
  errno = 0;
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG | __WALL), -1) << "its keeper was left behind";
  WriteWhole(script.directory / "go", "");
  while (script.Output().empty()) std::this_thread::sleep_for(milliseconds(1));
}

TEST(Command, StartingNeverWaitsForIt) {
  Command command("/bin/sleep 1000", milliseconds(60'000));
  ASSERT_TRUE(command.Start(""));
  EXPECT_FALSE(command.HasEnded());
  EXPECT_TRUE(command.is_running());
}

}  // namespace
}  // namespace headroom
