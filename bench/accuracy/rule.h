#ifndef HEADROOM_BENCH_ACCURACY_RULE_H_
#define HEADROOM_BENCH_ACCURACY_RULE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "forecast/verdict.h"
#include "knowledge/knowledge.h"
#include "series/interval.h"
#include "series/snapshot.h"

namespace headroom::lab {

// What is seen of the process at a tick.
struct Sight {
  const Snapshot& snapshot;
  double resident_bytes = 0;
  double limit_bytes = 0;
  double uptime_s = 0;
};

// An alarm as long as it is open.
struct OpenCry {
  std::string id;  // alarms of one id are one alarm
  uint64_t site_key = 0;
  Severity severity = Severity::kNone;
  std::optional<Interval> eta_ticks;
};

// A way to find leaks. One object watches one process from its start on.
class Rule {
 public:
  virtual ~Rule() = default;

  // Once a tick; the open alarms, worst first. The reference holds until the next call.
  virtual const std::vector<OpenCry>& Observe(const Sight& sight) = 0;
};

struct RuleKind {
  std::string name;
  std::function<std::unique_ptr<Rule>(double seconds_per_tick)> make;
  bool names_sites = true;
  bool forecasts = true;
};

RuleKind Headroom();

// The same, knowing what earlier lives taught; and telling, where `learned` is given, what its own do. Both outlive it.
RuleKind KnowingHeadroom(const Knowledge& known, const std::string& build_id, Knowledge* learned = nullptr);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_RULE_H_
