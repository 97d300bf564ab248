#include "host/host_records.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>
#include <tuple>
#include <utility>

#include "alarm/unique_fd.h"
#include "host/process_facts.h"
#include "recorder/place.h"

namespace headroom {
namespace {

constexpr std::string_view kEnding = ".hr";
constexpr double kClockSlackS = 1;  // between a file's times and a process's

// PID.hr, or what was given by hand with that ending; and FILE.PID, which its children write.
bool IsRecordName(std::string_view name) {
  const size_t digits = name.size() - (name.find_last_not_of("0123456789") + 1);
  if (digits > 0 && digits < name.size() && name[name.size() - digits - 1] == '.') name.remove_suffix(digits + 1);
  return name.size() > kEnding.size() && name.ends_with(kEnding) && !name.starts_with(".");
}

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

std::vector<std::string> RecordNames(DIR* directory, uint64_t* left_out) {
  std::vector<std::string> names;
  for (size_t seen = 0; const dirent* entry = readdir(directory); ++seen) {
    if (!IsRecordName(entry->d_name)) continue;
    if (seen < HostRecords::kMaxNames) {
      names.emplace_back(entry->d_name);
    } else {
      ++*left_out;
    }
  }
  return names;
}

// The worst first: what died of it, what will, what nobody watches.
auto Badness(const HostProcess& process) {
  const auto& alarms = process.status().alarms;
  Severity severity = Severity::kNone;
  double eta_s = std::numeric_limits<double>::infinity();
  for (const AlarmEvent& alarm : alarms) {
    severity = std::max(severity, alarm.verdict.severity);
    if (alarm.verdict.exhaustion.eta_s) eta_s = std::min(eta_s, alarm.verdict.exhaustion.eta_s->estimate);
  }
  return std::make_tuple(-static_cast<int>(severity), -static_cast<int>(process.standing), eta_s,
                         -process.status().live_bytes, process.status().pid);
}

}  // namespace

HostRecords::HostRecords(std::vector<std::string> directories, std::string root)
    : directories_(std::move(directories)), root_(std::move(root)) {}

std::vector<std::string> HostRecords::Directories() const {
  if (!directories_.empty()) return directories_;
  std::vector<std::string> found = {root_ + std::string(kRecorderDirectory)};
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR")) found.push_back(std::string(runtime) + "/headroom");
  std::error_code error;
  for (const auto& user : std::filesystem::directory_iterator(root_ + "/run/user", error)) {
    const std::string path = user.path() / "headroom";
    const bool is_there = std::filesystem::is_directory(std::filesystem::symlink_status(path, error));
    if (is_there && std::ranges::find(found, path) == found.end()) found.push_back(path);
  }
  return found;
}

std::shared_ptr<const RecordFile> HostRecords::Read(int directory, const std::string& path, const std::string& name) {
  const auto known = files_.find(path);
  const RecordFile* before = known == files_.end() ? nullptr : known->second.get();
  std::optional<RecordFile> file = ReadRecordFile(directory, name, before);
  if (!file) return known->second;
  if (file->flaw != RecordFlaw::kNone) ++flaws_seen_[static_cast<size_t>(file->flaw)];
  return std::make_shared<const RecordFile>(*std::move(file));
}

DirectoryView HostRecords::LookIn(const std::string& path, FilesByPath* files) {
  DirectoryView view{path, {}, 0};
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseDirectory> directory(fd < 0 ? nullptr : fdopendir(fd));
  if (directory == nullptr) {
    view.error = strerrordesc_np(errno);
    return view;
  }
  std::map<uint32_t, size_t> files_of_owner;
  for (const std::string& name : RecordNames(directory.get(), &view.files_left_out)) {
    const std::string file_path = path + "/" + name;
    auto file = Read(dirfd(directory.get()), file_path, name);
    if (file->flaw == RecordFlaw::kNotOpened && file->version == FileVersion()) continue;  // removed meanwhile
    if (++files_of_owner[file->owner] <= kMaxFilesOfOwner) {
      files->emplace(file_path, std::move(file));
    } else {
      ++view.files_left_out;
    }
  }
  return view;
}

// A process that only got the number of the one that wrote the record began after the last writing. While one runs, the
// record must be by a user that it runs as, or by root: anybody may have made a file of that name.
void HostRecords::Judge(const std::string& path, std::shared_ptr<const RecordFile> file, HostView* view) {
  if (file->flaw != RecordFlaw::kNone) return Refuse(path, *file, file->flaw, file->complaint, view);
  const std::optional<ProcessFacts> facts = FactsOf(file->status.pid, root_);
  const bool is_running = facts && facts->start_s <= file->written_s + kClockSlackS;
  if (is_running && file->owner != 0 && !facts->users.empty() &&
      std::ranges::find(facts->users, file->owner) == facts->users.end()) {
    return Refuse(path, *file, RecordFlaw::kNotItsOwn,
                  "it claims to be by process " + std::to_string(file->status.pid) + ", which runs as another user",
                  view);
  }
  const Standing standing = StandingOf(file->status, is_running, view->time_s);
  view->processes.push_back({path, std::move(file), standing});
}

void HostRecords::Refuse(const std::string& path, const RecordFile& file, RecordFlaw flaw, const std::string& complaint,
                         HostView* view) const {
  view->refused.push_back({path, file.owner, flaw, complaint});
}

// Of two records of one process the one named after it is believed, whose name nobody else can take from its owner;
// else the newer.
void HostRecords::KeepOneOfEachPid(HostView* view) const {
  const auto order = [](const HostProcess& process) {
    const int64_t pid = process.status().pid;
    const bool is_named = process.path.ends_with("/" + std::to_string(pid) + std::string(kEnding));
    return std::make_tuple(pid, !IsRunning(process.standing), !is_named, -process.status().time_s, process.path);
  };
  std::ranges::sort(view->processes, {}, order);
  std::vector<HostProcess> kept;
  for (HostProcess& process : view->processes) {
    if (kept.empty() || kept.back().status().pid != process.status().pid) {
      kept.push_back(std::move(process));
    } else {
      Refuse(process.path, *process.file, RecordFlaw::kDouble,
             "process " + std::to_string(process.status().pid) + " has another record, " + kept.back().path, view);
    }
  }
  view->processes = std::move(kept);
}

HostView HostRecords::Look(double now_s) {
  HostView view;
  view.time_s = now_s;
  FilesByPath files;
  for (const std::string& directory : Directories()) view.directories.push_back(LookIn(directory, &files));
  files_ = std::move(files);
  for (const auto& [path, file] : files_) Judge(path, file, &view);
  KeepOneOfEachPid(&view);
  std::ranges::stable_sort(view.processes, {}, Badness);
  view.flaws_seen = flaws_seen_;
  return view;
}

}  // namespace headroom
