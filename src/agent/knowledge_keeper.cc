#include "agent/knowledge_keeper.h"

#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "agent/agent_log.h"
#include "agent/engine_options.h"
#include "agent/process.h"
#include "symbols/elf_file.h"

namespace headroom {

namespace {

constexpr uint64_t kTicksPerRenewal = 256;
constexpr int kMostNamesPerRenewal = 64;  // each may read a table of symbols
constexpr int kMostNamesAtStart = 256;    // where only the build before is known

// Workers that were forked together do not renew together.
uint64_t FirstRenewal(uint64_t tick) {
  return tick + kTicksPerRenewal + static_cast<uint64_t>(getpid()) % kTicksPerRenewal;
}

// Of the limits in bytes.
uint64_t LowestLimit(const ProcessState& process) {
  uint64_t lowest = UINT64_MAX;
  for (const LimitReading& limit : process.limits) {
    if (limit.unit == LimitUnit::kBytes) lowest = std::min(lowest, limit.limit);
  }
  return lowest;
}

const BuildKnowledge* Find(const Knowledge& knowledge, const std::string& build_id) {
  const auto build = std::ranges::find(knowledge.builds, build_id, &BuildKnowledge::build_id);
  return build == knowledge.builds.end() ? nullptr : &*build;
}

std::string Mebibytes(uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

}  // namespace

KnowledgeKeeper::KnowledgeKeeper(const Options& options, WatchedCode& code, const SnapshotTaker& snapshots)
    : code_(code),
      snapshots_(snapshots),
      seconds_per_tick_(IntervalSeconds(options)),
      state_(options.knowledge_dir.empty() ? State::kOff : State::kStarting) {
  if (state_ != State::kOff) path_ = KnowledgePath(options.knowledge_dir, process.program_name, geteuid());
}

void KnowledgeKeeper::Tick(const Snapshot& snapshot, const ProcessState& process, TrendEngine& trend) {
  if (state_ == State::kOff) return;
  try {
    survived_bytes_ = std::max(survived_bytes_, process.memory.own_bytes());
    if (state_ == State::kStarting) return Start(snapshot, process, trend);
    if (snapshot.tick >= renewal_tick_) Renew(snapshot, trend);
  } catch (const std::bad_alloc&) {
    StayOff("there is no memory for it in HEADROOM_MEMORY_BUDGET");
  }
}

void KnowledgeKeeper::Start(const Snapshot& snapshot, const ProcessState& process, TrendEngine& trend) {
  const auto program = ElfFile::Open("/proc/self/exe");
  build_id_ = program ? program->BuildId() : std::string();
  if (build_id_.empty()) return StayOff("the program has no build id that can be read (link it with --build-id)");
  const KnowledgeFile file = ReadKnowledge(path_);
  if (file.state == KnowledgeState::kRefused) return StayOff(file.reason);
  if (file.state == KnowledgeState::kDamaged)
    Log(LogLevel::kWarning, Code::kKnowledgeNotUsed, "knowledge is damaged and made anew: " + file.reason);
  words_ = file.state == KnowledgeState::kRead ? "" : "nothing from earlier starts yet, in " + path_;
  Import(file.knowledge, snapshot, process);
  trend.ImportRecords([this](uint64_t site_key) { return Recall(site_key); }, recollection_.residual());
  names_to_look_up_ = kMostNamesAtStart;
  renewal_tick_ = FirstRenewal(snapshot.tick);
  state_ = State::kKeeping;
}

// A level that was harmless below one limit is none below a lower one: the process would end before it gets there.
void KnowledgeKeeper::Import(const Knowledge& knowledge, const Snapshot& snapshot, const ProcessState& process) {
  if (knowledge.builds.empty()) return;
  const BuildKnowledge* own = Find(knowledge, build_id_);
  const uint64_t survived_bytes = (own != nullptr ? own : &knowledge.builds.front())->survived_bytes;
  if (survived_bytes > LowestLimit(process)) {
    words_ =
        "nothing: learned where " + Mebibytes(survived_bytes) + " could be used, more than the limit now; " + path_;
    return;
  }
  for (const BuildKnowledge& build : knowledge.builds) {
    if (build.build_id != build_id_) continue;
    for (const KnownSite& site : build.sites) {
      if (site.identity.name != 0) names_[site.identity.place] = site.identity.name;
    }
  }
  recollection_ = Recollection(knowledge, {build_id_, seconds_per_tick_, snapshot.sample_bytes});
  words_ = std::to_string(recollection_.own_sites()) + " call stacks of this build and " +
           std::to_string(recollection_.other_sites()) + " of another, from " + path_;
}

Records KnowledgeKeeper::Recall(uint64_t site_key) {
  const std::vector<uint64_t> stack = snapshots_.StackOf(site_key);
  if (stack.empty()) return {};
  const uint64_t place = code_.PlaceNumber(stack, snapshots_.LabelOf(site_key));
  return recollection_.Of(place, [&] { return NameOf(site_key, place); });
}

uint64_t KnowledgeKeeper::NameOf(uint64_t site_key, uint64_t place) {
  const auto known = names_.find(place);
  if (known != names_.end()) return known->second;
  if (names_to_look_up_ == 0) return 0;
  --names_to_look_up_;
  return names_[place] = code_.NameNumber(snapshots_.StackOf(site_key), snapshots_.LabelOf(site_key));
}

void KnowledgeKeeper::Renew(const Snapshot& snapshot, const TrendEngine& trend) {
  names_to_look_up_ = kMostNamesPerRenewal;
  const LifeRecords records = trend.ExportRecords();
  if (records.sites.empty() && IsEmpty(records.residual)) {
    renewal_tick_ = snapshot.tick + kTicksPerRenewal;
    return;
  }
  const Renewed renewed = RenewKnowledge(path_, News(snapshot, records));
  if (renewed.renewal == Renewal::kBusy) return;  // until the next tick
  renewal_tick_ = snapshot.tick + kTicksPerRenewal;
  const bool is_failing = renewed.renewal == Renewal::kFailed;
  if (is_failing && !is_failing_)
    Log(LogLevel::kWarning, Code::kKnowledgeNotKept, "knowledge cannot be kept: " + renewed.reason);
  is_failing_ = is_failing;
}

BuildKnowledge KnowledgeKeeper::News(const Snapshot& snapshot, const LifeRecords& records) {
  BuildKnowledge news{build_id_, seconds_per_tick_, 0, records.residual, {}};
  for (const SiteRecords& site : records.sites) {
    const std::vector<uint64_t> stack = snapshots_.StackOf(site.site_key);
    if (stack.empty()) continue;
    const uint64_t place = code_.PlaceNumber(stack, snapshots_.LabelOf(site.site_key));
    const SiteIdentity identity{place, NameOf(site.site_key, place)};
    news.sites.push_back({identity, static_cast<float>(snapshot.sample_bytes), site.records});
  }
  if (!news.sites.empty()) news.survived_bytes = survived_bytes_;
  return news;
}

void KnowledgeKeeper::StayOff(const std::string& why) {
  state_ = State::kOff;
  words_ = "nothing: " + why;
  Log(LogLevel::kWarning, Code::kKnowledgeNotUsed, "knowledge is not used: " + why);
}

}  // namespace headroom
