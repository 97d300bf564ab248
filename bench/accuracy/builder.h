#ifndef HEADROOM_BENCH_ACCURACY_BUILDER_H_
#define HEADROOM_BENCH_ACCURACY_BUILDER_H_

#include <cstdint>

#include "bench/accuracy/loads.h"
#include "bench/accuracy/scenario.h"

namespace headroom::lab {

struct Clock {
  double seconds_per_tick = 60;
  double days = 8;
  uint64_t look_every = 1;  // in ticks: the agent leaves out those between
};

// Puts a scenario together from random parts. What depends on size is given as a share of the process, the churning
// background being 1: 0.5 makes a process of which a third is that part.
class Builder {
 public:
  // The lives of a process differ by chance alone: which objects are sampled, when each dies, how the load wanders.
  Builder(const Clock& clock, uint64_t seed, uint64_t life = 0);

  double Hours(double hours) const { return hours * 3600 / scenario_.seconds_per_tick; }
  double Uniform(double low, double high) { return low + (high - low) * random_.Uniform(); }
  double LogUniform(double low, double high);
  bool Toss(double chance) { return random_.Uniform() <= chance; }
  uint64_t Pick(uint64_t count) { return random_.Next() % count; }
  double ObjectBytes() { return LogUniform(32, 64 * kKiB); }
  double Share(double low, double high) { return background_bytes_ * Uniform(low, high); }  // bytes
  double ticks() const { return static_cast<double>(scenario_.ticks); }

  // 20 to 30 sites with lifetimes of 3 s to 90 min and 1 to 5 GiB an hour, and what is allocated at the start and kept.
  // `even_load` is a factor; real load is never quite even, and wanders about it.
  void AddBackground(const Load& even_load);

  // Returns the key of the new site.
  uint64_t AddSite(Load load, Lifetime lifetime);
  uint64_t AddSite(double object_bytes, Load load, Lifetime lifetime);
  void AddStream(uint64_t site_key, double object_bytes, Load load, Lifetime lifetime);

  // A leak from the onset on, `shape` being a load of any height; in a new site or in one that is there. Returns the
  // key.
  uint64_t AddLeak(const Load& shape) { return AddLeakTo(next_site_key_++, shape); }
  uint64_t AddLeakTo(uint64_t site_key, const Load& shape);
  Stream& newest_stream() { return scenario_.streams.back(); }
  // The first of the background's sites.
  uint64_t background_site() const { return kFirstBackgroundSite; }

  // At the start in half of the cases, else within the first two days; lives 10 h to 5 days. Before any leak.
  void BeginLeakAnyTime();
  void BeginLeak(double onset_tick, double leak_ticks);
  double onset() const { return static_cast<double>(scenario_.onset_tick); }

  Residence& residence() { return scenario_.residence; }
  Scenario& scenario() { return scenario_; }

 private:
  static constexpr uint64_t kFirstBackgroundSite = 1;

  Lifetime BackgroundLifetime(double mean_ticks);
  Load Weather();
  void AddStartUp();

  Random random_;
  Random weather_;  // of a later life
  bool is_first_life_;
  Scenario scenario_;
  uint64_t next_site_key_ = kFirstBackgroundSite;
  double background_bytes_ = 0;
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_BUILDER_H_
