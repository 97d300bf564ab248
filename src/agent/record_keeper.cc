#include "agent/record_keeper.h"

#include <unistd.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "agent/agent_log.h"
#include "agent/process.h"
#include "agent/tick_timer.h"
#include "recorder/owner.h"
#include "recorder/place.h"
#include "recorder/top_sites.h"
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
  if (place.path.empty()) Log(LogLevel::kInfo, Code::kNoRecorder, "no flight recorder: " + place.reason);
  return place.path;
}

// Early: a daemon may leave the root in which its program can be read.
std::string ProgramBuildId() {
  const std::optional<ElfFile> program = ElfFile::Open("/proc/self/exe");
  return program ? program->BuildId() : std::string();
}

void AddCounts(const SiteSnapshot& site, Status* status) {
  status->live_bytes += site.live_bytes();
  status->live_samples += site.live_samples();
  status->born_bytes += site.born_bytes;
  status->born_samples += site.born_samples;
}

void FillCounts(const SiteSnapshot& site, double interval_s, SiteStatus* entry) {
  entry->site_key = site.site_key;
  entry->live_bytes = site.live_bytes();
  entry->live_samples = site.live_samples();
  entry->born_bytes = site.born_bytes;
  entry->born_samples = site.born_samples;
  entry->oldest_s = static_cast<double>(site.oldest_ticks) * interval_s;
}

void FillGrowth(const Verdict& verdict, SiteStatus* entry) {
  entry->verdict = verdict.verdict;
  entry->severity = verdict.severity;
  entry->growth_bytes_per_s = verdict.growth_bytes_per_s;
  entry->onset_time_s = verdict.onset_time_s;
  entry->eta_s = verdict.exhaustion.eta_s;
  entry->survivors = verdict.survivors;
}

}  // namespace

void FillSites(const Snapshot& snapshot, const std::vector<Verdict>& verdicts, Status* status) {
  std::unordered_map<uint64_t, const Verdict*> verdict_of_site;
  for (const Verdict& verdict : verdicts) verdict_of_site[verdict.site_key] = &verdict;
  const auto verdict_of = [&](uint64_t site_key) {
    const auto found = verdict_of_site.find(site_key);
    return found != verdict_of_site.end() ? found->second : nullptr;
  };
  TopSites top;
  for (size_t i = 0; i < snapshot.sites.size(); ++i) {
    const SiteSnapshot& site = snapshot.sites[i];
    const Verdict* verdict = verdict_of(site.site_key);
    top.Offer({verdict ? verdict->growth_bytes_per_s.estimate : 0, site.live_bytes(), site.site_key, i});
    AddCounts(site, status);
  }
  status->sites = snapshot.sites.size();
  for (const SiteWeight& weight : top.Sort()) {
    SiteStatus& entry = status->top_sites.emplace_back();
    FillCounts(snapshot.sites[weight.index], status->interval_s, &entry);
    if (const Verdict* verdict = verdict_of(weight.site_key)) FillGrowth(*verdict, &entry);
  }
}

RecordKeeper::RecordKeeper(const Options& options)
    : program_build_id_(ProgramBuildId()),
      cpu_budget_(options.cpu_budget),
      memory_budget_bytes_(options.memory_budget_bytes) {
  std::string path = PathFor(options.recorder);
  if (!path.empty()) writer_.emplace(std::move(path));
}

void RecordKeeper::Complete(Status* status) const {
  status->headroom_version = HEADROOM_VERSION;
  status->program = process.program_name;
  status->program_build_id = program_build_id_;
  status->cpu_budget_fraction = cpu_budget_;
  status->memory_budget_bytes = memory_budget_bytes_;
  status->pid = getpid();
  status->start_time_s = process.start_time_s;
}

void RecordKeeper::Write(Status status) {
  history_.Add(PointAt(status.time_s, status.live_bytes, status.memory, status.limits));
  status.history = history_.points();
  using AtExit = RecordWriting::AtExit;
  at_exit_ = status.alarms.empty() ? AtExit::kRemove : AtExit::kKeep;
  const RecordWriting writing(writer_->path(), at_exit_);
  if (writing.is_allowed()) Note(writer_->Write(status));
}

void RecordKeeper::WriteDump(const HeapView& heap) {
  constexpr double kPauseForEachSecond = 1000;
  const double start_s = MonotonicSeconds();
  const RecordWriting writing(writer_->path(), at_exit_);
  if (writing.is_allowed() && !failing_) Note(writer_->WriteDump(heap));
  const double end_s = MonotonicSeconds();
  next_dump_s_ = end_s + kPauseForEachSecond * (end_s - start_s);
}

void RecordKeeper::Note(bool written) {
  if (!written && !failing_) {
    Log(LogLevel::kWarning, Code::kRecorderFails, "flight recorder: " + std::string(writer_->last_error()));
  }
  failing_ = !written;
}

}  // namespace headroom
