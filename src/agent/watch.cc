#include "agent/watch.h"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <new>
#include <unordered_map>
#include <vector>

#include "agent/agent_log.h"
#include "agent/engine_options.h"
#include "agent/process.h"
#include "agent/tick_timer.h"
#include "alarm/common_callers.h"
#include "dump/dump_writer.h"
#include "hot/tables/tables.h"
#include "symbols/site_id.h"

namespace headroom {

namespace {

constexpr uint64_t kTicksPerModuleReading = 8;
constexpr uint64_t kIdleTicksBeforeRetirement = 360;

}  // namespace

Watch::Watch(const Options& options)
    : interval_s_(IntervalSeconds(options)),
      judge_options_(JudgeOptionsFor(options)),
      program_(process.program_name),
      process_(options),
      trend_(TrendOptionsFor(options)),
      knowledge_(options, code_, snapshots_),
      judge_(judge_options_),
      tracker_([this](uint64_t key) { return code_.SiteId(snapshots_.StackOf(key), snapshots_.LabelOf(key)); },
               TrackerSettingsFor(options)),
      silence_(options, {[this](uint64_t site_key) { return code_.Symbolize(snapshots_.StackOf(site_key)); },
                         [this](const Verdict& verdict) { return tracker_.IdOf(verdict); }}),
      alarms_(options),
      looks_(options.cpu_budget, interval_s_),
      sampling_(options),
      record_(options),
      dumps_(options, program_) {}

void Watch::Tick(uint64_t tick) { looks_.IsDue(tick) ? Look(tick) : snapshots_.MoveClock(tick); }

void Watch::Look(uint64_t tick) {
  time_s_ = UnixSeconds();
  if (HasBegunPeriod(snapshot_.tick, tick, kTicksPerModuleReading)) code_.FollowModules();
  snapshots_.Take(tick, time_s_, &snapshot_);
  process_.Read(tick, time_s_);
  knowledge_.Tick(snapshot_, process_.state(), trend_);
  verdicts_ = judge_.Observe(trend_.Observe(snapshot_, Residual()), process_.state());
  std::vector<Verdict> verdicts = verdicts_;
  suppressed_ = silence_.Take(&verdicts);
  for (const Transition& transition : tracker_.Observe(time_s_, verdicts)) {
    alarms_.Deliver(EventFor(transition.state, transition.id, transition.verdict));
    if (transition.state == AlarmState::kFiring) dumps_.NoteAlarm();
  }
  alarms_.Retry(time_s_);
  KeepWithinBudget();
  health_.Measure(snapshot_.sample_bytes, snapshots_.State(), cost_.Fraction());
  if (record_.is_on()) record_.Write(status());
  WriteDumps();
  snapshots_.RetireIdleSites(tick, kIdleTicksBeforeRetirement);
}

// What is still to come in this look counts for the next one.
void Watch::KeepWithinBudget() {
  const Cost cost = cost_.SinceLast();
  looks_.Observe(snapshot_.tick, cost);
  sampling_.Adjust(cost, snapshots_.State(), looks_.pause_s());
  if (looks_.is_sparse() && !is_sparse_) {
    Log(LogLevel::kWarning, Code::kTicksLeftOut,
        "most ticks are left out, to stay within HEADROOM_CPU_BUDGET; alarms come later (see headroom status)");
  }
  is_sparse_ = looks_.is_sparse();
}

// Where the agent's memory does not suffice for a dump, there is none; the watch goes on.
void Watch::WriteDumps() {
  const double now_s = MonotonicSeconds();
  const bool is_for_record = record_.IsDumpDue(now_s);
  const bool is_for_series = dumps_.IsDue(snapshot_.tick, now_s);
  if (!is_for_record && !is_for_series) return;
  try {
    code_.FollowModules();
    const std::vector<MappedCode> code = code_.Code();
    if (is_for_record) record_.WriteDump(ViewOf(code));
    if (is_for_series) dumps_.Write(ViewOf(code));
  } catch (const std::bad_alloc&) {
    Log(LogLevel::kInfo, Code::kNoRoomForDump,
        "no heap dump: the agent's memory budget leaves no room for it (HEADROOM_MEMORY_BUDGET)");
  }
}

HeapView Watch::ViewOf(std::span<const MappedCode> code) const {
  return {.program = program_,
          .pid = getpid(),
          .start_time_s = process.start_time_s,
          .uptime_s = process_.state().uptime_s,
          .interval_s = interval_s_,
          .warn_within_s = judge_options_.warn_within_s,
          .critical_within_s = judge_options_.critical_within_s,
          .limits = process_.state().limits,
          .memory = process_.state().memory,
          .snapshot = snapshot_,
          .code = code,
          .stack_of = [this](uint64_t site_key) { return snapshots_.StackOf(site_key); },
          .label_of = [this](uint64_t site_key) { return snapshots_.LabelOf(site_key); }};
}

std::optional<double> Watch::Residual() const {
  return static_cast<double>(process_.state().memory.own_bytes()) - 1.1 * snapshots_.live_bytes();
}

AlarmEvent Watch::EventFor(AlarmState state, const std::string& id, const Verdict& verdict) {
  AlarmEvent event;
  event.state = state;
  event.id = id;
  event.time_s = time_s_;
  event.program = program_;
  event.pid = getpid();
  event.uptime_s = process_.state().uptime_s;
  event.verdict = verdict;
  event.frames = FramesOf(verdict, [this](uint64_t key) { return code_.Symbolize(snapshots_.StackOf(key)); });
  event.label = snapshots_.LabelOf(verdict.site_key);
  event.health = health_.health();
  return event;
}

void Watch::End() {
  if (!record_.is_on()) return;
  Status last = status();
  last.armed = false;
  last.armed_reason = "the program stopped it: headroom_stop() was called";
  record_.Write(last);
}

Status Watch::status() {
  Status status;
  record_.Complete(&status);
  status.interval_s = interval_s_;
  status.time_s = time_s_;
  status.tick = snapshot_.tick;
  status.armed = true;
  status.armed_reason = "the program's malloc comes through the hooks";
  status.limits = process_.state().limits;
  status.memory = process_.state().memory;
  status.sinks = alarms_.status();
  status.health = health_.health();
  status.knowledge = knowledge_.words();
  status.look_every_s = looks_.pause_s();
  status.ticks_left_out = looks_.ticks_left_out();
  status.asked_sample_bytes = sampling_.asked_bytes();
  status.alarms_crowded_out = tracker_.crowded_out();
  status.suppressed = suppressed_;
  for (const Tracker::Entry& open : tracker_.open()) {
    status.alarms.push_back(EventFor(AlarmState::kUpdate, open.id, open.alarm.verdict()));
  }
  status.born_bytes = snapshots_.State().retired_born_bytes;
  status.born_samples = snapshots_.State().retired_born_samples;
  FillSites(snapshot_, verdicts_, &status);
  for (SiteStatus& site : status.top_sites) {
    site.frames = code_.Symbolize(snapshots_.StackOf(site.site_key));
    site.label = snapshots_.LabelOf(site.site_key);
    site.id = StableSiteId(site.frames, site.label);
  }
  return status;
}

double Watch::GrowthBytesPerSecond() const {
  double bytes_per_s = 0;
  for (const Verdict& verdict : verdicts_) {
    if (verdict.site_key != 0) bytes_per_s += verdict.growth_bytes_per_s.estimate;
  }
  return bytes_per_s;
}

// Within the tick: the hooks' clock stands.
void Watch::LookAgain() {
  code_.FollowModules();
  snapshots_.Take(hot::tables.tick.load(std::memory_order_relaxed), UnixSeconds(), &snapshot_);
  health_.Measure(snapshot_.sample_bytes, snapshots_.State(), cost_.Fraction());
}

size_t Watch::VisitSites(size_t most, const std::function<void(size_t, const Site&)>& visit) {
  LookAgain();
  std::vector<const SiteSnapshot*> sites;
  for (const SiteSnapshot& site : snapshot_.sites) sites.push_back(&site);
  std::ranges::sort(sites, std::greater(), &SiteSnapshot::live_bytes);
  std::unordered_map<uint64_t, Interval> growths;
  for (const Verdict& verdict : verdicts_) growths[verdict.site_key] = verdict.growth_bytes_per_s;
  for (size_t i = 0; i < std::min(most, sites.size()); ++i) {
    const uint64_t key = sites[i]->site_key;
    const auto growth = growths.find(key);
    const std::vector<uint64_t> stack = snapshots_.StackOf(key);
    visit(i, {*sites[i], growth != growths.end() ? growth->second : Interval(), snapshots_.LabelOf(key),
              snapshots_.IsMapping(key), stack, code_.Symbolize(stack)});
  }
  return sites.size();
}

std::vector<Frame> Watch::Name(uint64_t return_address) { return code_.Symbolize({&return_address, 1}); }

bool Watch::WriteDumpTo(ByteSink& sink, size_t max_bytes) {
  LookAgain();
  const std::vector<MappedCode> code = code_.Code();
  return WriteDump(ViewOf(code), max_bytes, sink);
}

void Watch::AcceptGrowth(std::string_view id) {
  if (!id.empty()) return silence_.Accept(std::string(id));
  for (const Tracker::Entry& open : tracker_.open()) silence_.Accept(open.id);
}

}  // namespace headroom
