#include "agent/watch.h"

#include <unistd.h>

#include <vector>

#include "agent/engine_options.h"
#include "agent/process.h"
#include "agent/tick_timer.h"
#include "symbols/site_id.h"

namespace headroom {

namespace {

constexpr uint64_t kTicksPerModuleReading = 8;
constexpr uint64_t kIdleTicksBeforeRetirement = 360;

}  // namespace

Watch::Watch(const Options& options)
    : interval_s_(IntervalSeconds(options)),
      program_(process.program_name),
      process_(options),
      trend_(TrendOptionsFor(options)),
      judge_(JudgeOptionsFor(options)),
      tracker_([this](uint64_t site_key) { return code_.SiteId(snapshots_.StackOf(site_key)); },
               TrackerSettingsFor(options)),
      alarms_(options),
      pace_(options),
      record_(options) {}

void Watch::Tick(uint64_t tick) {
  time_s_ = UnixSeconds();
  snapshots_.Take(tick, time_s_, &snapshot_);
  process_.Read(tick, time_s_);
  if (tick % kTicksPerModuleReading == 0) code_.FollowModules();
  const std::vector<Verdict> verdicts = judge_.Observe(trend_.Observe(snapshot_, Residual()), process_.state());
  for (const Transition& transition : tracker_.Observe(time_s_, verdicts)) {
    alarms_.Deliver(EventFor(transition.state, transition.id, transition.verdict));
  }
  alarms_.Retry(time_s_);
  pace_.Adjust(snapshots_.State());
  health_.Measure(snapshot_.sample_bytes, snapshots_.State(), pace_.CpuFraction());
  if (record_.is_on()) record_.Write(StatusOf(verdicts));
  snapshots_.RetireIdleSites(tick, kIdleTicksBeforeRetirement);
}

std::optional<double> Watch::Residual() const {
  double live_bytes = 0;
  for (const SiteSnapshot& site : snapshot_.sites) live_bytes += site.live_bytes();
  return static_cast<double>(process_.state().memory.own_bytes()) - 1.1 * live_bytes;
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
  event.frames = code_.Symbolize(snapshots_.StackOf(verdict.site_key));
  event.health = health_.health();
  return event;
}

Status Watch::StatusOf(const std::vector<Verdict>& verdicts) {
  Status status;
  status.interval_s = interval_s_;
  status.time_s = time_s_;
  status.tick = snapshot_.tick;
  status.program = program_;
  status.armed = true;
  status.armed_reason = "the program's malloc comes through the hooks";
  status.limits = process_.state().limits;
  status.memory = process_.state().memory;
  status.sinks = alarms_.status();
  status.health = health_.health();
  status.asked_sample_bytes = pace_.asked_bytes();
  status.alarms_crowded_out = tracker_.crowded_out();
  for (const Tracker::Entry& open : tracker_.open()) {
    status.alarms.push_back(EventFor(AlarmState::kUpdate, open.id, open.alarm.verdict()));
  }
  status.born_bytes = snapshots_.State().retired_born_bytes;
  status.born_samples = snapshots_.State().retired_born_samples;
  FillSites(snapshot_, verdicts, &status);
  for (SiteStatus& site : status.top_sites) {
    site.frames = code_.Symbolize(snapshots_.StackOf(site.site_key));
    site.id = StableSiteId(site.frames);
  }
  return status;
}

}  // namespace headroom
