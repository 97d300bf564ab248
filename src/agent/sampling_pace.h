#ifndef HEADROOM_AGENT_SAMPLING_PACE_H_
#define HEADROOM_AGENT_SAMPLING_PACE_H_

#include <cstdint>

#include "agent/governor.h"
#include "config/options.h"
#include "snapshot/snapshot_taker.h"

namespace headroom {

// How often the hooks take a sample: as often as the options ask for, less often where that would cost more than the budgets. For the
// agent's thread.
class SamplingPace {
 public:
  explicit SamplingPace(const Options& options);

  // Once in each look, with what was spent since the one before. Thinning is logged once for each stretch; how far it goes stands in
  // the record and in every event.
  void Adjust(const Cost& cost, const TableState& tables, double until_next_look_s);

  uint64_t asked_bytes() const { return governor_.asked_bytes(); }

 private:
  void TellThinning(bool is_thinned);

  Governor governor_;
  bool is_thinned_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_SAMPLING_PACE_H_
