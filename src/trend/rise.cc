#include "trend/rise.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "trend/probability.h"

namespace headroom {
namespace {

constexpr double kProofsPerYear = 10;
constexpr double kSecondsPerYear = 365.25 * 86400;
constexpr double kUsualSecondsPerTick = 10;  // a faster clock is for trials, where all goes as it would by this one
constexpr uint64_t kMinSites = 50;
constexpr uint64_t kMinSamples = 12;
constexpr double kLeastRise = 0.2;        // of the mean rise
constexpr double kPartShare = 0.6;
constexpr double kLeastShare = 0.05;
constexpr double kRecordErrors = 2.5;     // standard deviations
constexpr int kFlatOneIn = 4;             // blocks may be flat
constexpr double kLevelErrors = 3;        // standard deviations
constexpr double kLeastLevelNoise = 0.2;  // of what sampling could do: nothing scatters less
constexpr double kMostLevelEvents = 400;
constexpr double kUnexplainedShare = 0.25;  // of what is new of a level; the wandering of the load blurs the rest

// The rises of the newest `rises` blocks, oldest first.
struct Increments {
  std::array<double, kMaxRises> bytes{};
  int count = 0;

  std::span<const double> span() const { return {bytes.data(), static_cast<size_t>(count)}; }
};

Increments NewestIncrements(const BlockHistory& history, int rises) {
  Increments increments;
  for (int i = kBlocks - rises; i < kBlocks; ++i) {
    increments.bytes[increments.count++] = history.floor_bytes[i] - history.floor_bytes[i - 1];
  }
  return increments;
}

// Where the first block rose clearly less than the others, growth began within it: the share of it that was still to come.
double FirstShare(const Increments& increments) {
  const auto others = increments.span().subspan(1);
  const double mean = std::accumulate(others.begin(), others.end(), 0.0) / static_cast<double>(others.size());
  const double share = increments.bytes[0] / mean;
  return share < kPartShare ? std::max(share, kLeastShare) : 1;
}

// The floor before the window was at the start of its block, that of the newest block at the start of that.
void PlaceRise(const BlockClock& clock, int scale, GrowthWindow& window) {
  const uint64_t first_start = clock.End(scale, window.rises + 1);
  const uint64_t first_end = clock.End(scale, window.rises);
  const double first_ticks = window.first_share * static_cast<double>(first_end - first_start);
  const uint64_t rose = first_end - static_cast<uint64_t>(first_ticks);
  window.onset_tick = rose - std::min(rose, window.age_ticks);
  window.rise_ticks = clock.End(scale, 1) - rose;
}

// The highest level before the rise. The top of the block before the window is part of the rise if that already began there:
// then the next floor stands about as high.
double Record(const BlockHistory& history, int rises, double mean_rise) {
  const double top = history.ceiling_bytes[kBlocks - 1 - rises];
  const bool is_of_the_rise = top <= history.floor_bytes[kBlocks - rises] + mean_rise;
  return std::max(history.RecordBefore(rises + 1), is_of_the_rise ? 0 : top);
}

// Nothing to speak of came or went until its floor was seen, which the block before shows.
bool WasQuiet(const BlockHistory& history, int block, int rises) {
  const double mean_entered = static_cast<double>(history.Entered(rises + 1)) / (rises + 1);
  return static_cast<double>(history.entered[block - 1] + history.died[block - 1]) <= kLeastRise * mean_entered;
}

// How many of the blocks hardly rose; empty where that breaks the window: the first, the last, one that fell, or one in
// which as much came and went as usual.
std::optional<int> FlatBlocks(const BlockHistory& history, int rises, double mean_rise) {
  int flat = 0;
  for (int i = kBlocks - rises; i < kBlocks; ++i) {
    const double bytes = history.floor_bytes[i] - history.floor_bytes[i - 1];
    if (bytes >= kLeastRise * mean_rise) continue;
    const bool is_inside = i > kBlocks - rises && i < kBlocks - 1;
    if (!is_inside || bytes < 0 || !WasQuiet(history, i, rises)) return std::nullopt;
    ++flat;
  }
  return flat;
}

// Growth may come by stairs. The others must be as many as the shortest window has.
int MostFlatBlocks(int blocks) { return std::min(blocks - kMinRises, blocks / kFlatOneIn); }

// Rule "rising", apart from the noise of the record.
std::optional<GrowthWindow> RisingWindow(const BlockHistory& history, const BlockClock& clock, int scale, int rises) {
  if (history.blocks <= rises) return std::nullopt;
  const Increments increments = NewestIncrements(history, rises);
  GrowthWindow window;
  window.base_bytes = history.floor_bytes[kBlocks - 1 - rises];
  window.rise_bytes = history.floor_bytes[kBlocks - 1] - window.base_bytes;
  const double mean_rise = window.rise_bytes / rises;
  const auto flat = mean_rise > 0 ? FlatBlocks(history, rises, mean_rise) : std::nullopt;
  if (!flat || *flat > MostFlatBlocks(rises)) return std::nullopt;
  window.flat = *flat;
  window.record_bytes = Record(history, rises, mean_rise);
  window.new_bytes = std::min(history.floor_bytes[kBlocks - 1] - window.record_bytes, window.rise_bytes);
  if (window.new_bytes <= 0) return std::nullopt;
  window.age_ticks = ScaleTicks(scale);
  window.rises = rises;
  window.end_tick = clock.End(scale, 0);
  window.ticks = window.end_tick - clock.End(scale, rises);
  window.first_share = FirstShare(increments);
  PlaceRise(clock, scale, window);
  return window;
}

// A shape is of what rises: a flat block counts as one that just does.
Shape FitRise(const BlockHistory& history, const GrowthWindow& window, double events) {
  Increments increments = NewestIncrements(history, window.rises);
  for (double& bytes : increments.bytes) bytes = std::max(bytes, kLeastRise * window.rise_bytes / window.rises);
  return FitShape(increments.span(), window.first_share, events);
}

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
