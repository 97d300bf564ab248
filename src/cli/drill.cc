#include "cli/drill.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>
#include <vector>

#include "cli/preload.h"
#include "host/status_parser.h"
#include "recorder/reader.h"

namespace headroom {
namespace {

// The variables of the child. What the caller has set stays, but for what makes a drill of it.
std::vector<std::string> EnvironmentOf(const std::string& library, const std::string& sinks,
                                       const std::string& record) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    variables[std::string(text.substr(0, text.find('=')))] = text.substr(std::min(text.find('=') + 1, text.size()));
  }
  variables["LD_PRELOAD"] = PreloadValue(library, std::getenv("LD_PRELOAD"));
  variables["HEADROOM_ALARM"] = sinks;
  variables["HEADROOM_RECORDER"] = record;
  variables["HEADROOM_INTERVAL"] = "20ms";
  variables["HEADROOM_CPU_BUDGET"] = "100%";
  variables["HEADROOM_SAMPLE_BYTES"] = "64KiB";
  variables["HEADROOM_LIMIT"] = "96MiB";
  std::vector<std::string> entries;
  for (const auto& [name, value] : variables) entries.push_back(name + "=" + value);
  return entries;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The standard streams of the child.
class Streams {
 public:
  Streams(int input, const std::string& errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

}  // namespace

Drill::Drill(const std::string& library, const std::string& sinks) {
  std::error_code error;
  directory_ = (std::filesystem::temp_directory_path(error) / "headroom-check-XXXXXX").string();
  if (error || mkdtemp(directory_.data()) == nullptr) {
    problem_ = "no directory for the check: " + directory_ + ": " + std::strerror(errno);
    directory_.clear();
    return;
  }
  Start(library, sinks);
}

Drill::~Drill() {
  if (input_ >= 0) close(input_);
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

void Drill::Start(const std::string& library, const std::string& sinks) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    problem_ = std::string("no pipe to the child: ") + std::strerror(errno);
    return;
  }
  input_ = ends[1];
  const Streams streams(ends[0], In("stderr"));
  std::vector<std::string> words = {"headroom", "check", "--planted"};
  std::vector<std::string> environment = EnvironmentOf(library, sinks, In("record.hr"));
  const int error = posix_spawn(&pid_, "/proc/self/exe", streams.actions(), nullptr, Pointers(words).data(),
                                Pointers(environment).data());
  close(ends[0]);
  if (error == 0) return;
  pid_ = -1;
  problem_ = std::string("no child could be started: ") + std::strerror(error);
}

bool Drill::is_alive() {
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

std::optional<Status> Drill::ReadStatus() const {
  const Record record = ReadRecord(In("record.hr"));
  if (!record.error.empty()) return std::nullopt;
  ParsedStatus parsed = ParseStatus(record.json);
  if (!parsed.error.empty()) return std::nullopt;
  return std::move(parsed.status);
}

std::string Drill::Errors() const {
  std::ostringstream text;
  text << std::ifstream(In("stderr"), std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace headroom
