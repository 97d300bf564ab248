#include "agent/agent.h"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "agent/agent_log.h"
#include "agent/cost_meter.h"
#include "agent/governor.h"
#include "agent/health_meter.h"
#include "agent/private_heap.h"
#include "agent/process.h"
#include "agent/record_keeper.h"
#include "agent/tick_timer.h"
#include "agent/watched_code.h"
#include "alarm/sinks/alertmanager_sink.h"
#include "alarm/sinks/dispatch.h"
#include "alarm/sinks/exec_sink.h"
#include "alarm/sinks/file_sink.h"
#include "alarm/sinks/journald_sink.h"
#include "alarm/sinks/stderr_sink.h"
#include "alarm/sinks/syslog_sink.h"
#include "alarm/tracker.h"
#include "config/options.h"
#include "forecast/judge.h"
#include "hot/sampler/sampler.h"
#include "hot/sampler/sampling_load.h"
#include "hot/tables/tables.h"
#include "limits/limit_reader.h"
#include "snapshot/snapshot_taker.h"
#include "trend/trend_engine.h"

namespace headroom {

namespace {

constexpr uint64_t kTicksPerModuleReading = 8;
constexpr uint64_t kTicksPerMappingCount = 60;
constexpr uint64_t kIdleTicksBeforeRetirement = 360;

double Seconds(std::chrono::nanoseconds duration) { return static_cast<double>(duration.count()) * 1e-9; }

TrackerSettings SettingsFor(const Options& options) {
  TrackerSettings settings;
  settings.ticks_per_day = static_cast<uint64_t>(86400 / Seconds(options.interval)) + 1;
  return settings;
}

std::unique_ptr<AlarmSink> MakeSink(const AlarmSinkSpec& spec) {
  using Kind = AlarmSinkSpec::Kind;
  switch (spec.kind) {
    case Kind::kFile:
      return std::make_unique<FileSink>(spec.path);
    case Kind::kJournald:
      return std::make_unique<JournaldSink>();
    case Kind::kSyslog:
      return std::make_unique<SyslogSink>();
    case Kind::kExec:
      return std::make_unique<ExecSink>(spec.path);
    case Kind::kHttp:
      return std::make_unique<AlertmanagerSink>(spec.text, HttpEndpoint{spec.address, spec.port, spec.path});
    case Kind::kStderr:
      break;
  }
  return std::make_unique<StderrSink>(STDERR_FILENO, process.standard_error);
}

std::vector<std::unique_ptr<AlarmSink>> MakeSinks(const Options& options) {
  std::vector<std::unique_ptr<AlarmSink>> sinks;
  for (const AlarmSinkSpec& spec : options.alarm_sinks) sinks.push_back(MakeSink(spec));
  return sinks;
}

class Agent {
 public:
  explicit Agent(const Options& options)
      : interval_s_(Seconds(options.interval)),
        program_(process.program_name),
        limits_("", options.limit_bytes),
        trend_(TrendOptionsFor(options)),
        judge_(JudgeOptionsFor(options)),
        tracker_([this](uint64_t site_key) { return code_.SiteId(snapshots_.StackOf(site_key)); }, SettingsFor(options)),
        dispatch_(MakeSinks(options)),
        governor_(options.sample_bytes, options.cpu_budget, interval_s_),
        record_(options) {}

  void Tick(uint64_t tick) {
    time_s_ = UnixSeconds();
    snapshots_.Take(tick, time_s_, &snapshot_);
    ReadProcess(tick);
    if (tick % kTicksPerModuleReading == 0) code_.FollowModules();
    const TrendReport& report = trend_.Observe(snapshot_, Residual());
    const std::vector<Verdict> verdicts = judge_.Observe(report, process_state_);
    for (const Transition& transition : tracker_.Observe(time_s_, verdicts)) {
      dispatch_.Deliver(EventFor(transition.state, transition.id, transition.verdict));
    }
    dispatch_.Retry(time_s_);
    WatchSinks();
    Govern();
    health_.Measure(snapshot_.sample_bytes, snapshots_.State(), cost_.Fraction());
    Record(report);
    snapshots_.RetireIdleSites(tick, kIdleTicksBeforeRetirement);
  }

 private:
  static TrendOptions TrendOptionsFor(const Options& options) {
    TrendOptions trend;
    trend.seconds_per_tick = Seconds(options.interval);
    trend.max_sites = options.memory_budget_bytes / 20480;  // an eighth of the budget where all of them hold something old
    return trend;
  }
  static JudgeOptions JudgeOptionsFor(const Options& options) {
    JudgeOptions judge;
    judge.seconds_per_tick = Seconds(options.interval);
    judge.warn_within_s = Seconds(options.warn_within);
    judge.critical_within_s = Seconds(options.critical_within);
    return judge;
  }

  // A failed reading (the daemon is out of descriptors, say) leaves the one before: no limit in sight is not no limit.
  void ReadProcess(uint64_t tick) {
    const bool is_counting_tick = tick % kTicksPerMappingCount == 0;
    const bool is_read = limits_.Read(is_counting_tick ? LimitReader::Mappings::kCount : LimitReader::Mappings::kSkip,
                                      &fresh_reading_.memory, &fresh_reading_.limits);
    if (is_read) std::swap(process_state_, fresh_reading_);
    if (!is_read && !is_blind_) {
      Log(LogLevel::kError, "/proc/self/status cannot be read (chroot?): memory used and left is not known from here on");
    }
    is_blind_ = !is_read;
    process_state_.time_s = time_s_;
    process_state_.uptime_s = Uptime();
  }

  // A brake that takes hold just now wins: its interval is looked at in the next tick.
  void Govern() {
    const TableState tables = snapshots_.State();
    const double live_fill = static_cast<double>(tables.live_samples) / static_cast<double>(tables.live_capacity);
    uint64_t bytes_in_force = hot::sample_interval_bytes.load(std::memory_order_relaxed);
    const uint64_t bytes = governor_.Observe(cost_.SinceLast(), live_fill, bytes_in_force);
    hot::sample_interval_bytes.compare_exchange_strong(bytes_in_force, bytes, std::memory_order_relaxed);
    if (governor_.IsPeriodStart()) hot::SetBrake(governor_.BrakeQuota());
    TellThinning(bytes > governor_.asked_bytes());
  }

  // Once for each stretch; how far it goes stands in the record and in every event.
  void TellThinning(bool is_thinned) {
    if (is_thinned && !is_thinned_) {
      Log(LogLevel::kWarning, "samples are taken less often than HEADROOM_SAMPLE_BYTES says, to stay within the budgets; "
                              "growth is known less exactly (see headroom status)");
    }
    is_thinned_ = is_thinned;
  }

  double Uptime() const { return MonotonicSeconds() - process.start_monotonic_s; }

  std::optional<double> Residual() const {
    double live_bytes = 0;
    for (const SiteSnapshot& site : snapshot_.sites) live_bytes += site.live_bytes();
    return static_cast<double>(process_state_.memory.own_bytes()) - 1.1 * live_bytes;
  }

  AlarmEvent EventFor(AlarmState state, const std::string& id, const Verdict& verdict) {
    AlarmEvent event;
    event.state = state;
    event.id = id;
    event.time_s = time_s_;
    event.program = program_;
    event.pid = getpid();
    event.uptime_s = process_state_.uptime_s;
    event.verdict = verdict;
    event.frames = code_.Symbolize(snapshots_.StackOf(verdict.site_key));
    event.health = health_.health();
    return event;
  }

  // Sinks tell each other which of them fails. Where all do, the log is left.
  void WatchSinks() {
    const std::vector<SinkStatus> sinks = dispatch_.status();
    const bool all_fail = std::ranges::none_of(sinks, [](const SinkStatus& sink) { return sink.error.empty(); });
    if (all_fail && !all_sinks_fail_) {
      Log(LogLevel::kError, "alarms do not reach " + sinks.front().name + ": " + sinks.front().error);
    }
    all_sinks_fail_ = all_fail;
  }

  void Record(const TrendReport& report) {
    if (!record_.is_on()) return;
    Status status;
    status.interval_s = interval_s_;
    status.time_s = time_s_;
    status.tick = snapshot_.tick;
    status.program = program_;
    status.armed = true;
    status.armed_reason = "the program's malloc comes through the hooks";
    status.limits = process_state_.limits;
    status.memory = process_state_.memory;
    status.sinks = dispatch_.status();
    status.health = health_.health();
    status.asked_sample_bytes = governor_.asked_bytes();
    status.alarms_crowded_out = tracker_.crowded_out();
    for (const Tracker::Entry& open : tracker_.open()) {
      status.alarms.push_back(EventFor(AlarmState::kUpdate, open.id, open.alarm.verdict()));
    }
    FillSites(snapshot_, report, &status);
    for (SiteStatus& site : status.top_sites) site.frames = code_.Symbolize(snapshots_.StackOf(site.site_key));
    record_.Write(std::move(status));
  }

  const double interval_s_;
  const std::string program_;
  double time_s_ = 0;
  SnapshotTaker snapshots_;
  Snapshot snapshot_;
  ProcessState process_state_;
  ProcessState fresh_reading_;
  WatchedCode code_;
  LimitReader limits_;
  TrendEngine trend_;
  Judge judge_;
  Tracker tracker_;
  Dispatch dispatch_;
  bool all_sinks_fail_ = false;
  bool is_blind_ = false;  // to the process's memory
  Governor governor_;
  bool is_thinned_ = false;
  CostMeter cost_;
  HealthMeter health_;
  RecordKeeper record_;
};

void Disarm(std::string_view why) {
  hot::sample_interval_bytes.store(0, std::memory_order_relaxed);
  hot::longest_countdown_bytes.store(hot::kNever, std::memory_order_relaxed);
  Log(LogLevel::kError, why);
}

// The program links its own malloc, which goes before every library's, or called dlopen for us: say so here and in the
// record, and leave.
void StayUnarmed(const Options& options) {
  constexpr std::string_view kReason =
      "calls of malloc do not come here: the program brings its own malloc, or loaded this library too late";
  Disarm("not armed: " + std::string(kReason));
  RecordKeeper record(options);
  if (!record.is_on()) return;
  Status status;
  status.program = process.program_name;
  status.time_s = UnixSeconds();
  status.interval_s = Seconds(options.interval);
  status.armed_reason = kReason;
  record.Write(std::move(status));
}

void Run() {
  const ParsedOptions parsed = ParseOptions(process.environment);
  SetLogLevel(parsed.options.log_level);
  if (!process.is_forked) {
    for (const std::string& complaint : parsed.complaints) Log(LogLevel::kWarning, complaint);
  }
  if (!process.hooks_are_in_front) return StayUnarmed(parsed.options);
  Agent agent(parsed.options);
  TickTimer timer(parsed.options.interval, hot::tables.tick.load(std::memory_order_relaxed));
  for (;;) agent.Tick(timer.Wait());
}

}  // namespace

void RunAgent() {
  private_heap.KeepAllSoFar();
  try {
    Run();
  } catch (const std::bad_alloc&) {
    Disarm("disarmed: the agent's memory budget is used up (HEADROOM_MEMORY_BUDGET); the program runs on without a watch");
  } catch (...) {
    Disarm("disarmed: an error inside the agent; the program runs on without a watch");
  }
}

}  // namespace headroom
