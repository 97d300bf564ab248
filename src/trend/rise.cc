#include "trend/rise.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "trend/probability.h"
#include "trend/rising_window.h"

namespace headroom {
namespace {

constexpr double kProofsPerYear = 10;
constexpr double kSecondsPerYear = 365.25 * 86400;
constexpr double kUsualSecondsPerTick = 10;  // a faster clock is for trials, where all goes as it would by this one
constexpr uint64_t kMinSites = 50;
constexpr uint64_t kMinSamples = 12;
constexpr double kRecordErrors = 2.5;     // standard deviations
constexpr double kLevelErrors = 3;        // standard deviations
constexpr double kLeastLevelNoise = 0.2;  // of what sampling could do: nothing scatters less
constexpr double kMostLevelEvents = 400;
constexpr double kUnexplainedShare = 0.25;  // of what is new of a level; the wandering of the load blurs the rest

void FitCounts(const BlockHistory& history, double bytes_per_sample, GrowthWindow& window) {
  const double net = static_cast<double>(window.entered) - static_cast<double>(window.died);
  const double clarity = net / static_cast<double>(window.entered + window.died);
  const double events = window.rise_bytes / bytes_per_sample * clarity;
  window.shape = FitRise(history, window, events);
}

bool IsAboveRecord(const GrowthWindow& window, const RiseTest& test) {
  const double record_samples = window.record_bytes / test.bytes_per_sample;
  const double renewed = test.has_turnover ? std::min(record_samples, static_cast<double>(test.died_ever)) : record_samples;
  return window.new_bytes > kRecordErrors * std::sqrt(2 * renewed) * test.bytes_per_sample;
}

// The newest floor and the base share their samples evenly; any two of the floors might lie furthest apart; and they come in
// any order.
double LogChanceOfLevels(const GrowthWindow& window, double bytes_per_sample) {
  const auto base = static_cast<uint64_t>(window.base_bytes / bytes_per_sample);
  const auto top = static_cast<uint64_t>((window.base_bytes + window.rise_bytes) / bytes_per_sample);
  const double pairs = (window.rises + 1.0) * window.rises;
  return LogHalfBinomialTail(base + top, top) + std::log(pairs) - LogFactorial(window.rises + 1);
}

bool IsCertain(GrowthWindow& window, const RiseTest& test) {
  const uint64_t events = window.entered + window.died;
  if (events < kMinSamples || window.entered <= window.died) return false;
  window.log_p = test.has_turnover ? LogHalfBinomialTail(events, window.entered)
                                   : LogChanceOfLevels(window, test.bytes_per_sample);
  return window.log_p < test.log_alpha;
}

std::optional<GrowthWindow> TestWindow(const BlockHistory& history, const BlockClock& clock, int scale, int rises,
                                       const RiseTest& test) {
  auto window = RisingWindow(history, clock, scale, rises);
  if (!window) return std::nullopt;
  window->entered = history.Entered(rises + 1);
  window->died = history.Died(rises + 1);
  if (!IsAboveRecord(*window, test) || !IsCertain(*window, test)) return std::nullopt;
  FitCounts(history, test.bytes_per_sample, *window);
  return window;
}

// Standard deviation of one floor, as the rises scatter. Samples that live long err by the same at every floor, so that
// is mostly far less than what sampling could do.
double FloorScatter(const BlockHistory& history, int rises) {
  const Increments increments = NewestIncrements(history, rises);
  const double mean = std::accumulate(increments.span().begin(), increments.span().end(), 0.0) / rises;
  double squares = 0;
  for (const double bytes : increments.span()) squares += (bytes - mean) * (bytes - mean);
  return std::sqrt(squares / (2.0 * (rises - 1)));
}

// The floors that held for good: what an allocator gave back late stands out for a block or two.
BlockHistory WithoutBumps(BlockHistory history) {
  for (int i = kBlocks - 2; i >= 0; --i) history.floor_bytes[i] = std::min(history.floor_bytes[i], history.floor_bytes[i + 1]);
  return history;
}

bool IsUnexplained(const BlockHistory& least, const GrowthWindow& window) {
  const double before = std::max(least.floor_bytes[kBlocks - 1 - window.rises], least.RecordBefore(window.rises));
  return least.floor_bytes[kBlocks - 1] - before >= kUnexplainedShare * window.new_bytes;
}

// A mean stands for the middle of its block, and is of no age.
void PlaceLevelRise(const BlockClock& clock, int scale, GrowthWindow& window) {
  const uint64_t rose = clock.End(scale, 1) - window.rise_ticks;
  window.onset_tick = rose + (clock.End(scale, window.rises) - clock.End(scale, window.rises + 1)) / 2;
}

void FitLevel(const BlockHistory& history, double noise_bytes, GrowthWindow& window) {
  window.log_p = -LogFactorial(window.rises + 1);  // levels of pure chance come in any order
  const double errors = window.rise_bytes / std::max(noise_bytes, 1.0);
  window.shape = FitRise(history, window, std::min(errors * errors, kMostLevelEvents));
}

}  // namespace

std::optional<GrowthWindow> FindRise(const BlockHistory& history, const BlockClock& clock, int scale,
                                     const RiseTest& test) {
  if (test.bytes_per_sample <= 0) return std::nullopt;
  for (int rises = kMaxRises; rises >= kMinRises; --rises) {
    auto window = TestWindow(history, clock, scale, rises, test);
    if (window) return window;
  }
  return std::nullopt;
}

std::optional<GrowthWindow> FindLevelRise(const BlockHistory& means, const BlockHistory& least, const BlockClock& clock,
                                          int scale, double noise_bytes) {
  const BlockHistory history = WithoutBumps(means);
  for (int rises = kMaxRises; rises >= kMinRises; --rises) {
    auto window = RisingWindow(history, clock, scale, rises);
    if (!window || !IsUnexplained(least, *window)) continue;
    const double noise = std::clamp(FloorScatter(history, rises), kLeastLevelNoise * noise_bytes, noise_bytes);
    if (window->new_bytes <= kLevelErrors * noise) continue;
    PlaceLevelRise(clock, scale, *window);
    FitLevel(history, noise, *window);
    return window;
  }
  return std::nullopt;
}

double LogAlpha(int scale, double seconds_per_tick, uint64_t sites) {
  const double ticks_per_year = kSecondsPerYear / std::max(seconds_per_tick, kUsualSecondsPerTick);
  const double blocks_per_year = ticks_per_year / static_cast<double>(ScaleTicks(scale));
  const double windows = kMaxRises - kMinRises + 1;
  const double tests = kScales * windows * static_cast<double>(std::max(sites, kMinSites));
  return std::log(kProofsPerYear / blocks_per_year / tests);
}

}  // namespace headroom
