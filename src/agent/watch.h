#ifndef HEADROOM_AGENT_WATCH_H_
#define HEADROOM_AGENT_WATCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/alarm_desk.h"
#include "agent/cost_meter.h"
#include "agent/dump_keeper.h"
#include "agent/health_meter.h"
#include "agent/knowledge_keeper.h"
#include "agent/look_pace.h"
#include "agent/process_reading.h"
#include "agent/record_keeper.h"
#include "agent/sampling_pace.h"
#include "agent/silence.h"
#include "agent/watched_code.h"
#include "alarm/tracker.h"
#include "config/options.h"
#include "dump/byte_sink.h"
#include "forecast/judge.h"
#include "snapshot/snapshot_taker.h"
#include "trend/trend_engine.h"

namespace headroom {

// What the agent does in each tick that the budget pays for, from the tables to the alarm and the record; of one that it leaves
// out, the hooks' clock takes note. For the agent's thread.
class Watch {
 public:
  explicit Watch(const Options& options);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  void Tick(uint64_t tick);

  // The program stopped the watch: leaves a record that says so.
  void End();

  // As of the last tick, with the call stacks that are most telling.
  Status status();
  double GrowthBytesPerSecond() const;  // all that is proven, as of the last tick

  // What a call stack holds now.
  struct Site {
    const SiteSnapshot& counts;
    Interval growth_bytes_per_s;
    std::string_view label;
    bool is_mapping;
    std::vector<uint64_t> stack;
    std::vector<Frame> frames;
  };
  // visit(i, site) for the first `most`, those that hold most first. Returns how many there are.
  size_t VisitSites(size_t most, const std::function<void(size_t, const Site&)>& visit);

  // The function at a return address.
  std::vector<Frame> Name(uint64_t return_address);

  // The heap as it is now. False where the sink refused.
  bool WriteDumpTo(ByteSink& sink, size_t max_bytes);

  // The alarm of this id, or with "" all that fire, are told of no more.
  void AcceptGrowth(std::string_view id);

 private:
  void Look(uint64_t tick);
  void KeepWithinBudget();
  void LookAgain();
  std::optional<double> Residual() const;
  AlarmEvent EventFor(AlarmState state, const std::string& id, const Verdict& verdict);
  void WriteDumps();
  HeapView ViewOf(std::span<const MappedCode> code) const;

  const double interval_s_;
  const JudgeOptions judge_options_;
  const std::string program_;
  double time_s_ = 0;
  SnapshotTaker snapshots_;
  Snapshot snapshot_;
  ProcessReading process_;
  WatchedCode code_;
  TrendEngine trend_;
  KnowledgeKeeper knowledge_;
  Judge judge_;
  std::vector<Verdict> verdicts_;  // of the last tick, the silenced ones too
  Tracker tracker_;
  Silence silence_;
  uint64_t suppressed_ = 0;  // in the last tick
  AlarmDesk alarms_;
  CostMeter cost_;
  LookPace looks_;
  bool is_sparse_ = false;
  SamplingPace sampling_;
  HealthMeter health_;
  RecordKeeper record_;
  DumpKeeper dumps_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_WATCH_H_
