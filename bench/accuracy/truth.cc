#include "bench/accuracy/truth.h"

#include <algorithm>
#include <cmath>

#include "bench/accuracy/moments.h"

namespace headroom::lab {
namespace {

constexpr int kBisections = 24;
constexpr int kGrainsPerTick = 4;  // objects without a closed form are followed as so many equal parts of a tick's load

void AddExponential(const Scenario& scenario, const Stream& stream, std::vector<double>& live_bytes) {
  const double mean = stream.lifetime.mean_ticks;
  const double survive_tick = std::exp(-1 / mean);
  const double survive_birth = mean * (1 - survive_tick);
  double live = 0;
  ForEachMoment(scenario, [&](const Moment& moment) {
    if (moment.age == 0) live = 0;
    live = live * survive_tick + stream.bytes_per_tick(moment) * survive_birth;
    live_bytes[moment.tick] += live;
  });
}

void AddByLaw(const Scenario& scenario, const Stream& stream, Random random, std::vector<double>& live_bytes) {
  std::vector<double> falls(scenario.ticks, 0);
  double live = 0;
  ForEachMoment(scenario, [&](const Moment& moment) {
    if (moment.age == 0) {
      live = 0;
      std::fill(falls.begin() + static_cast<ptrdiff_t>(moment.tick), falls.end(), 0);
    }
    const double bytes = stream.bytes_per_tick(moment);
    live += bytes - falls[moment.tick];
    for (int grain = 0; bytes > 0 && grain < kGrainsPerTick; ++grain) {
      const double birth = static_cast<double>(moment.tick) + (grain + 0.5) / kGrainsPerTick;
      const double death = birth + stream.lifetime.law(birth, random);
      const double part = bytes / kGrainsPerTick;
      if (death < static_cast<double>(moment.tick + 1)) {
        live -= part;
      } else if (death < static_cast<double>(scenario.ticks)) {
        falls[static_cast<size_t>(death)] += part;
      }
    }
    live_bytes[moment.tick] += live;
  });
}

double At(const Load& load, const Moment& moment, double otherwise) { return load ? load(moment) : otherwise; }

// What the process needs, by tick: without the leak, and the leak alone at scale 1.
struct Needs {
  std::vector<double> benign;
  std::vector<double> leak;
};

Needs FindNeeds(const Scenario& scenario) {
  Needs needs{std::vector<double>(scenario.ticks, 0), std::vector<double>(scenario.ticks, 0)};
  for (size_t i = 0; i < scenario.streams.size(); ++i) {
    const Stream& stream = scenario.streams[i];
    AddLiveBytes(scenario, stream, scenario.chance_seed * 1000 + i, stream.is_leak ? needs.leak : needs.benign);
  }
  double unexplained_leak = 0;
  const Residence& residence = scenario.residence;
  ForEachMoment(scenario, [&](const Moment& moment) {
    unexplained_leak = (moment.age == 0 ? 0 : unexplained_leak) + At(residence.unexplained_leak, moment, 0);
    double& benign = needs.benign[moment.tick];
    double& leak = needs.leak[moment.tick];
    benign = residence.base_bytes + residence.overhead * benign + At(residence.unexplained, moment, 0);
    leak = residence.overhead * leak + unexplained_leak;
  });
  return needs;
}

// What is freed goes back to the system late.
std::vector<double> Resident(const Scenario& scenario, const Needs& needs, double leak_scale) {
  std::vector<double> resident(scenario.ticks);
  double now = 0;
  ForEachMoment(scenario, [&](const Moment& moment) {
    const double need = needs.benign[moment.tick] + leak_scale * needs.leak[moment.tick];
    const bool grows = moment.age == 0 || need >= now;
    now = grows ? need : now - scenario.residence.released_per_tick * (now - need);
    resident[moment.tick] = now;
  });
  return resident;
}

std::optional<uint64_t> FindEnd(const Scenario& scenario, const Truth& truth) {
  for (uint64_t tick = scenario.onset_tick; tick < scenario.ticks; ++tick) {
    if (truth.resident_bytes[tick] >= truth.limit_bytes[tick]) return tick;
  }
  return std::nullopt;
}

void SetLeak(const Scenario& scenario, const Needs& needs, double leak_scale, Truth& truth) {
  truth.leak_scale = leak_scale;
  truth.resident_bytes = Resident(scenario, needs, leak_scale);
  truth.end_tick = FindEnd(scenario, truth);
}

// The fastest leak that lets the process live as long as asked for: it then ends at the next peak. Where no peak comes
// that high any more, the slowest that ends it before.
void AddLeak(const Scenario& scenario, const Needs& needs, Truth& truth) {
  const uint64_t wanted_end = std::min(scenario.onset_tick + scenario.leak_ticks, scenario.ticks - 1);
  const auto ends_early = [&](double leak_scale) {
    SetLeak(scenario, needs, leak_scale, truth);
    return truth.end_tick && *truth.end_tick < wanted_end;
  };
  double slow = 0;
  double fast = truth.limit_bytes[wanted_end] / needs.leak[wanted_end];
  while (!ends_early(fast)) fast *= 2;
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (slow + fast) / 2;
    (ends_early(middle) ? fast : slow) = middle;
  }
  SetLeak(scenario, needs, slow, truth);
  if (!truth.end_tick) SetLeak(scenario, needs, fast, truth);
}

}  // namespace

void AddLiveBytes(const Scenario& scenario, const Stream& stream, uint64_t seed, std::vector<double>& live_bytes) {
  if (stream.lifetime.law) {
    AddByLaw(scenario, stream, Random(seed), live_bytes);
  } else {
    AddExponential(scenario, stream, live_bytes);
  }
}

Truth FindTruth(const Scenario& scenario) {
  Truth truth;
  const Needs needs = FindNeeds(scenario);
  truth.resident_bytes = Resident(scenario, needs, 0);
  truth.limit_bytes.resize(scenario.ticks);
  double peak = 0;
  ForEachMoment(scenario, [&](const Moment& moment) {
    truth.limit_bytes[moment.tick] = At(scenario.limit_factor, moment, 1);
    peak = std::max(peak, truth.resident_bytes[moment.tick] / truth.limit_bytes[moment.tick]);
  });
  for (double& limit : truth.limit_bytes) limit *= peak / scenario.peak_share;
  if (scenario.leaks) AddLeak(scenario, needs, truth);
  return truth;
}

}  // namespace headroom::lab
