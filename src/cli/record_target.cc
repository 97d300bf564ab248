#include "cli/record_target.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <vector>

#include "host/process_facts.h"
#include "recorder/place.h"

namespace headroom {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool IsPid(const std::string& argument) {
  return !argument.empty() && argument.size() < 10 && argument.find_first_not_of(kDigits) == std::string::npos;
}

bool Exists(const std::string& path) {
  struct stat file;
  return lstat(path.c_str(), &file) == 0;
}

// A process as /proc shows it.
class ProcessView {
 public:
  explicit ProcessView(int64_t pid) : pid_(pid), directory_("/proc/" + std::to_string(pid)) {}

  int64_t pid() const { return pid_; }
  bool exists() const { return Exists(directory_); }

  std::vector<uint32_t> Users() const {
    const std::optional<ProcessFacts> facts = FactsOf(pid_);
    return facts ? facts->users : std::vector<uint32_t>();
  }

  bool HasThread(std::string_view name) const {
    std::error_code error;
    for (const auto& thread : std::filesystem::directory_iterator(directory_ + "/task", error)) {
      std::string its_name;
      std::ifstream file(thread.path() / "comm");
      if (std::getline(file, its_name) && its_name == name) return true;
    }
    return false;
  }

  enum class Mapping { kUnknown, kNo, kYes };  // unknown where the kernel does not let us look
  Mapping Maps(std::string_view part_of_path) const {
    std::ifstream maps(directory_ + "/maps");
    Mapping mapping = Mapping::kUnknown;
    for (std::string line; std::getline(maps, line); mapping = Mapping::kNo) {
      if (line.find(part_of_path) != std::string::npos) return Mapping::kYes;
    }
    return mapping;
  }

 private:
  const int64_t pid_;
  const std::string directory_;
};

// The last is that of another user's process, for the superuser.
std::vector<std::string> PlacesOf(const ProcessView& process) {
  std::vector<std::string> places = {RecordIn(kRecorderDirectory, process.pid())};
  const char* xdg_runtime_dir = std::getenv("XDG_RUNTIME_DIR");
  if (xdg_runtime_dir != nullptr) places.push_back(RecordInRuntimeDirectory(xdg_runtime_dir, process.pid()));
  const std::vector<uint32_t> users = process.Users();
  if (!users.empty()) {
    places.push_back(RecordInRuntimeDirectory("/run/user/" + std::to_string(users[0]), process.pid()));
  }
  return places;
}

bool IsItsOwn(const std::string& path, const ProcessView& process) {
  struct stat file;
  if (lstat(path.c_str(), &file) != 0) return false;
  const std::vector<uint32_t> users = process.Users();
  return file.st_uid == 0 || users.empty() || std::find(users.begin(), users.end(), file.st_uid) != users.end();
}

std::string WhyNoRecord(const ProcessView& process) {
  const std::string name = "process " + std::to_string(process.pid());
  if (!process.exists()) return "there is no " + name;
  const ProcessView::Mapping agent = process.Maps("libheadroom");
  if (agent == ProcessView::Mapping::kUnknown) return name + " keeps no record";
  if (agent == ProcessView::Mapping::kNo) return name + " runs without the agent: start it with headroom run";
  if (process.HasThread("headroom")) {
    return name +
           " has no record: its agent writes the first after one HEADROOM_INTERVAL, and none where "
           "HEADROOM_RECORDER is off or finds no directory to write to";
  }
  return name +
         " has no record: its agent has not started yet. It does at the next 64 KiB that the process allocates once "
         "it has lived for 1 s or has a second thread; never with HEADROOM_ENABLE=0";
}

std::string Joined(const std::vector<std::string>& places) {
  std::string joined;
  for (const std::string& place : places) joined += (joined.empty() ? "" : ", ") + place;
  return joined;
}

}  // namespace

RecordTarget FindRecordTarget(const std::string& argument) {
  if (!IsPid(argument)) return {argument, {}};
  const ProcessView process(std::stoll(argument));
  const std::vector<std::string> places = PlacesOf(process);
  for (const std::string& place : places) {
    if (IsItsOwn(place, process)) return {place, {}, !process.exists()};
  }
  const auto taken = std::find_if(places.begin(), places.end(), Exists);
  if (taken != places.end()) return {{}, *taken + " is not by process " + argument + ": it belongs to another user"};
  return {{}, WhyNoRecord(process) + " (looked for " + Joined(places) + ")"};
}

}  // namespace headroom
