#include "trend/rising_window.h"

#include <algorithm>
#include <numeric>

namespace headroom {
namespace {

constexpr double kLeastRise = 0.2;  // of the mean rise
constexpr int kFlatOneIn = 4;       // blocks may be flat
constexpr double kPartShare = 0.6;
constexpr double kLeastShare = 0.05;
constexpr double kClearlyLess = 0.5;
constexpr int kFewBlocks = 4;  // the three others fit anything

// A power of time since the window began says the increments better than a late start of straight growth.
bool Quickens(const Increments& increments) {
  if (increments.count <= kFewBlocks) return false;
  return MisfitOfPower(increments.span()) < kClearlyLess * MisfitOfStraight(increments.span().subspan(1));
}

// Where the first block rose clearly less than the others and growth does not quicken, it began within that block: the
// share of it that was still to come.
double FirstShare(const Increments& increments) {
  const auto others = increments.span().subspan(1);
  const double mean = std::accumulate(others.begin(), others.end(), 0.0) / static_cast<double>(others.size());
  const double share = increments.bytes[0] / mean;
  return share < kPartShare && !Quickens(increments) ? std::max(share, kLeastShare) : 1;
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

// The highest level before the rise. The top of the block before the window is part of the rise if that already began
// there: then the next floor stands about as high.
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

}  // namespace

Increments NewestIncrements(const BlockHistory& history, int rises) {
  Increments increments;
  for (int i = kBlocks - rises; i < kBlocks; ++i) {
    increments.bytes[increments.count++] = history.floor_bytes[i] - history.floor_bytes[i - 1];
  }
  return increments;
}

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

Shape FitRise(const BlockHistory& history, const GrowthWindow& window, double events) {
  Increments increments = NewestIncrements(history, window.rises);
  for (double& bytes : increments.bytes) bytes = std::max(bytes, kLeastRise * window.rise_bytes / window.rises);
  return FitShape(increments.span(), window.first_share, events);
}

}  // namespace headroom
