#include "agent/record_keeper.h"

#include <unistd.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "agent/agent_log.h"
#include "agent/process.h"
#include "agent/record_end.h"
#include "recorder/owner.h"
#include "recorder/place.h"
#include "symbols/elf_file.h"

namespace headroom {

namespace {

// A path given by hand is for the process that was started. Each child forked from it, and each program that inherits the
// path with the environment, has a record of its own beside it.
std::string PathFor(const RecorderSpec& spec) {
  if (spec.kind == RecorderSpec::Kind::kOff) return {};
  if (spec.kind == RecorderSpec::Kind::kPath) {
    const bool is_anothers = process.is_forked || IsKeptByAnother(spec.path, getpid());
    return is_anothers ? spec.path + "." + std::to_string(getpid()) : spec.path;
  }
  RecorderPlace place = ChooseRecorderPlace(getpid(), process.environment.runtime_dir());
  if (place.path.empty()) Log(LogLevel::kInfo, "no flight recorder: " + place.reason);
  return place.path;
}

// Early: a daemon may leave the root in which its program can be read.
std::string ProgramBuildId() {
  const std::optional<ElfFile> program = ElfFile::Open("/proc/self/exe");
  return program ? program->BuildId() : std::string();
}

}  // namespace

void FillSites(const Snapshot& snapshot, const TrendReport& report, Status* status) {
  std::unordered_map<uint64_t, const Growth*> growth_of_site;
  for (const Growth& growth : report.growths) growth_of_site[growth.site_key] = &growth;
  const double seconds_per_tick = status->interval_s;
  for (const SiteSnapshot& site : snapshot.sites) {
    SiteStatus& entry = status->top_sites.emplace_back();
    entry.site_key = site.site_key;
    entry.live_bytes = site.live_bytes();
    entry.live_samples = site.live_samples();
    status->live_bytes += entry.live_bytes;
    status->live_samples += entry.live_samples;
    const auto growing = growth_of_site.find(site.site_key);
    if (growing == growth_of_site.end()) continue;
    const Interval per_tick = growing->second->BytesPerTick();
    entry.growth_bytes_per_s = {per_tick.estimate / seconds_per_tick, per_tick.low / seconds_per_tick,
                                per_tick.high / seconds_per_tick};
  }
  status->sites = snapshot.sites.size();
  KeepTopSites(status->top_sites);
}

RecordKeeper::RecordKeeper(const Options& options)
    : program_build_id_(ProgramBuildId()),
      cpu_budget_(options.cpu_budget),
      memory_budget_bytes_(options.memory_budget_bytes) {
  std::string path = PathFor(options.recorder);
  if (!path.empty()) writer_.emplace(std::move(path));
}

void RecordKeeper::Write(Status status) {
  status.headroom_version = HEADROOM_VERSION;
  status.program_build_id = program_build_id_;
  status.cpu_budget_fraction = cpu_budget_;
  status.memory_budget_bytes = memory_budget_bytes_;
  status.pid = getpid();
  status.start_time_s = process.start_time_s;
  using AtExit = RecordWriting::AtExit;
  const RecordWriting writing(writer_->path(), status.alarms.empty() ? AtExit::kRemove : AtExit::kKeep);
  if (!writing.is_allowed()) return;
  const bool written = writer_->Write(status);
  if (!written && !failing_) Log(LogLevel::kWarning, "flight recorder: " + std::string(writer_->last_error()));
  failing_ = !written;
}

}  // namespace headroom
