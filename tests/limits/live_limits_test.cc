// The limits of real processes on the machine at hand.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>
#include <thread>

#include "limits/cgroup_membership.h"
#include "limits/limit_reader.h"
#include "limits/process_memory.h"
#include "tests/limits/reading_text.h"

namespace headroom {
namespace {

constexpr uint64_t kMiB = 1 << 20;

enum class MainThread { kStays, kEnds };

[[noreturn]] void Report(int fd, const std::function<std::string()>& body) {
  const std::string text = body();
  _exit(write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
}

void WaitForTheEndOfTheMainThread() {
  KernelFiles files("");
  while (ReadProcessMemory(files, "/proc/self")) sched_yield();
}

// Runs `body` in a forked child, which dies with the test, and returns what it returns.
std::string RunInChild(const std::function<std::string()>& body, MainThread main_thread = MainThread::kStays) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (main_thread == MainThread::kStays) Report(ends[1], body);
    std::thread([&] {
      WaitForTheEndOfTheMainThread();
      Report(ends[1], body);
    }).detach();
    syscall(SYS_exit, 0);
  }
  close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = read(ends[0], buffer, sizeof(buffer))) > 0;) text.append(buffer, static_cast<size_t>(got));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << "of the child; its text: " << text;
  return text;
}

class LiveReader {
 public:
  bool Read(LimitReader::Mappings mappings = LimitReader::Mappings::kSkip) {
    return reader_.Read(mappings, &process_, &limits_);
  }
  const LimitReading* Find(std::string_view name_part) const {
    for (const auto& limit : limits_) {
      if (limit.name.find(name_part) != std::string::npos) return &limit;
    }
    return nullptr;
  }
  const ProcessMemory& process() const { return process_; }
  const std::string& complaint() const { return reader_.complaint(); }

 private:
  LimitReader reader_{"", 1024 * kMiB};
  ProcessMemory process_;
  std::vector<LimitReading> limits_;
};

// A mapping of touched anonymous memory that stays to the end of the process.
bool Take(uint64_t bytes) {
  void* block = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) return false;
  std::memset(block, 1, bytes);
  return true;
}

// "ok", or what was found instead: the child's whole report.
std::string Expect(bool holds, const std::string& otherwise) { return holds ? "ok" : otherwise; }

std::string FollowResourceLimit(int resource, const char* name, uint64_t ProcessMemory::*counter) {
  LiveReader reader;
  if (!reader.Read() || reader.Find(name) != nullptr) return "set already, or nothing read: " + reader.complaint();
  const uint64_t limit = reader.process().*counter + 64 * kMiB;
  const rlimit soft{limit, RLIM_INFINITY};
  if (setrlimit(static_cast<__rlimit_resource>(resource), &soft) != 0 || !reader.Read()) return "setrlimit";
  const LimitReading* reading = reader.Find(name);
  if (reading == nullptr || reading->limit != limit) return "limit not found";
  const uint64_t used = reading->used;
  if (!Take(16 * kMiB) || !reader.Read()) return "mmap";
  reading = reader.Find(name);
  return Expect(reading->used == used + 16 * kMiB, Text(*reading) + " after " + std::to_string(used));
}

TEST(LiveLimits, AddressSpaceLimitIsFoundAndItsCounterFollowsEveryByte) {
  EXPECT_EQ(RunInChild([] { return FollowResourceLimit(RLIMIT_AS, "rlimit:AS", &ProcessMemory::vm_size_bytes); }),
            "ok");
}

TEST(LiveLimits, DataLimitIsFoundAndItsCounterFollowsEveryByte) {
  EXPECT_EQ(RunInChild([] { return FollowResourceLimit(RLIMIT_DATA, "rlimit:DATA", &ProcessMemory::vm_data_bytes); }),
            "ok");
}

TEST(LiveLimits, HostAndOptionAreAlwaysThere) {
  LiveReader reader;
  ASSERT_TRUE(reader.Read()) << reader.complaint();
  const LimitReading* host = reader.Find("host:MemAvailable");
  const LimitReading* option = reader.Find("option");
  ASSERT_NE(host, nullptr);
  ASSERT_NE(option, nullptr);
  EXPECT_LT(host->used, host->limit);
  EXPECT_GT(option->used, 0u);
  EXPECT_LT(option->used, reader.process().vm_size_bytes);
}

TEST(LiveLimits, EveryNewMappingIsCounted) {
  const auto body = [] {
    LiveReader reader;
    if (!reader.Read(LimitReader::Mappings::kCount)) return reader.complaint();
    const uint64_t before = reader.process().mappings;
    char* const block =
        static_cast<char*>(mmap(nullptr, 64 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    for (int page = 1; page < 64; page += 2) mprotect(block + page * 4096, 4096, PROT_READ);
    reader.Read(LimitReader::Mappings::kCount);
    const LimitReading* limit = reader.Find("vm.max_map_count");
    if (limit == nullptr) return reader.complaint();
    return Expect(limit->used >= before + 63 && limit->used <= before + 80,
                  Text(*limit) + " after " + std::to_string(before));
  };
  EXPECT_EQ(RunInChild(body), "ok");
}

TEST(LiveLimits, WithoutAFreeDescriptorTheReadingFailsAndTheNextOneIsWellAgain) {
  const auto body = []() -> std::string {
    LiveReader reader;
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    const rlimit none{0, files.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    if (reader.Read()) return "read without a descriptor";
    const std::string complaint = reader.complaint();
    setrlimit(RLIMIT_NOFILE, &files);
    return reader.Read() ? complaint : reader.complaint();
  };
  EXPECT_EQ(RunInChild(body), "/proc/self/status: expected to be readable, errno " + std::to_string(EMFILE));
}

TEST(LiveLimits, NoDescriptorIsKeptOpen) {
  const int first_free = dup(0);
  close(first_free);
  LiveReader reader;
  ASSERT_TRUE(reader.Read(LimitReader::Mappings::kCount));
  const int still_free = dup(0);
  close(still_free);
  EXPECT_EQ(still_free, first_free);
}

TEST(LiveLimits, ProcessIsStillSeenAfterItsMainThreadHasEnded) {
  const auto body = []() -> std::string {
    LiveReader reader;
    if (!reader.Read(LimitReader::Mappings::kCount)) return reader.complaint();
    return Expect(reader.process().own_bytes() > 0 && reader.process().mappings > 0, "nothing counted");
  };
  EXPECT_EQ(RunInChild(body, MainThread::kEnds), "ok");
}

// A v1 memory group below the test's own, gone with the object.
class LiveGroup {
 public:
  LiveGroup() {
    CgroupMembership own;
    ReadCgroupMembership(KernelFiles(""), "/proc/self", &own);
    if (own.version != CgroupVersion::kV1) {
      problem_ = "no v1 memory cgroup here";
      return;
    }
    path_ = (own.path == "/" ? "" : own.path) + "/headroom_limits_test_" + std::to_string(getpid());
    directory_ = "/sys/fs/cgroup/memory" + path_;
    if (mkdir(directory_.c_str(), 0755) != 0) problem_ = "cannot make " + directory_ + ": " + std::strerror(errno);
  }
  ~LiveGroup() {
    if (!problem_.empty()) return;
    EXPECT_EQ(rmdir(directory_.c_str()), 0) << directory_ << ": " << std::strerror(errno);
  }
  LiveGroup(const LiveGroup&) = delete;
  LiveGroup& operator=(const LiveGroup&) = delete;

  const std::string& problem() const { return problem_; }
  const std::string& path() const { return path_; }

  bool Write(const std::string& file, uint64_t value) const {
    const std::string text = std::to_string(value);
    const int fd = open((directory_ + "/" + file).c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool written = write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    close(fd);
    return written;
  }

 private:
  std::string path_;
  std::string directory_;
  std::string problem_;
};

std::string FollowGroup(const LiveGroup& group) {
  const std::string name = "cgroup1:" + group.path() + " memory.limit_in_bytes";
  LiveReader reader;
  if (!reader.Read() || reader.Find(name) != nullptr) return "there before the move, or nothing read";
  if (!group.Write("cgroup.procs", static_cast<uint64_t>(getpid()))) return "cannot move into the group";
  if (!reader.Read() || reader.Find(name) == nullptr) return "not found after the move: " + reader.complaint();
  const uint64_t used = reader.Find(name)->used;
  if (reader.Find(name)->limit != 96 * kMiB) return Text(*reader.Find(name));
  if (!Take(16 * kMiB) || !reader.Read() || reader.Find(name) == nullptr) return "lost: " + reader.complaint();
  const uint64_t grown = reader.Find(name)->used - used;
  if (grown < 15 * kMiB || grown > 18 * kMiB) return "16 MiB taken, counted " + std::to_string(grown);
  if (!group.Write("memory.limit_in_bytes", 64 * kMiB) || !reader.Read()) return "cannot lower the limit";
  return Expect(reader.Find(name)->limit == 64 * kMiB && !reader.Find(name)->shared, Text(*reader.Find(name)));
}

TEST(LiveLimits, V1GroupIsFoundAfterTheMoveIntoItAndItsCounterAndLimitAreFollowed) {
  LiveGroup group;
  if (!group.problem().empty()) GTEST_SKIP() << group.problem();
  ASSERT_TRUE(group.Write("memory.limit_in_bytes", 96 * kMiB));
  EXPECT_EQ(RunInChild([&] { return FollowGroup(group); }), "ok");
}

// 48 MiB of a file that was written and is held in the page cache count as usage, not as working set.
std::string WriteFile(const LiveGroup& group) {
  if (!group.Write("cgroup.procs", static_cast<uint64_t>(getpid()))) return "cannot move into the group";
  LiveReader reader;
  reader.Read();
  const uint64_t before = reader.Find(group.path())->used;
  char path[] = "/var/tmp/headroom_limits_test_XXXXXX";
  const int fd = mkstemp(path);
  unlink(path);
  const std::string block(kMiB, 'x');
  for (int i = 0; i < 48; ++i) {
    if (write(fd, block.data(), block.size()) != static_cast<ssize_t>(block.size())) return "cannot write the file";
  }
  reader.Read();
  const uint64_t after = reader.Find(group.path())->used;
  return Expect(after < before + 16 * kMiB, std::to_string(before) + " -> " + std::to_string(after));
}

TEST(LiveLimits, PagesOfAWrittenFileDoNotCountAgainstAV1Group) {
  LiveGroup group;
  if (!group.problem().empty()) GTEST_SKIP() << group.problem();
  ASSERT_TRUE(group.Write("memory.limit_in_bytes", 96 * kMiB));
  EXPECT_EQ(RunInChild([&] { return WriteFile(group); }), "ok");
}

}  // namespace
}  // namespace headroom
