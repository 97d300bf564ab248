#ifndef HEADROOM_AGENT_WATCH_H_
#define HEADROOM_AGENT_WATCH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/alarm_desk.h"
#include "agent/health_meter.h"
#include "agent/process_reading.h"
#include "agent/record_keeper.h"
#include "agent/sampling_pace.h"
#include "agent/watched_code.h"
#include "alarm/tracker.h"
#include "config/options.h"
#include "forecast/judge.h"
#include "snapshot/snapshot_taker.h"
#include "trend/trend_engine.h"

namespace headroom {

// What the agent does in each tick, from the tables to the alarm and the record. For the agent's thread.
class Watch {
 public:
  explicit Watch(const Options& options);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  void Tick(uint64_t tick);

 private:
  std::optional<double> Residual() const;
  AlarmEvent EventFor(AlarmState state, const std::string& id, const Verdict& verdict);
  Status StatusOf(const std::vector<Verdict>& verdicts);

  const double interval_s_;
  const std::string program_;
  double time_s_ = 0;
  SnapshotTaker snapshots_;
  Snapshot snapshot_;
  ProcessReading process_;
  WatchedCode code_;
  TrendEngine trend_;
  Judge judge_;
  Tracker tracker_;
  AlarmDesk alarms_;
  SamplingPace pace_;
  HealthMeter health_;
  RecordKeeper record_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_WATCH_H_
