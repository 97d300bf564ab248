#include "analysis/history.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace headroom {
namespace {

constexpr int kPointsToTell = 6;  // as the engine needs: four rises of five blocks, and the start
constexpr int kRecentShare = 3;
constexpr double kErrors = 2;  // standard deviations

template <typename Value>
void KeepEverySecond(std::vector<Value>& values) {
  for (size_t i = 0; 2 * i < values.size(); ++i) values[i] = values[2 * i];
  values.resize((values.size() + 1) / 2);
}

}  // namespace

void History::Add(const JoinedDump& dump) {
  if (dumps_++ % dumps_per_point_ != 0) return;
  if (times_s_.size() == kMostPoints) {
    Thin();
    if ((dumps_ - 1) % dumps_per_point_ != 0) return;
  }
  AddPoint(dump);
}

void History::Finish(const JoinedDump& last) {
  if (times_s_.empty() || times_s_.back() < last.time_s) AddPoint(last);
  for (auto& [key, values] : sites_) values = Of(key);
  if (!is_use_known_) used_bytes_.clear();
}

std::vector<float> History::Of(uint64_t site_key) const {
  std::vector<float> values;
  const auto found = sites_.find(site_key);
  if (found != sites_.end()) values = found->second;
  for (size_t i = values.size(); i < times_s_.size(); ++i) {
    values.push_back(is_partial_[i] ? std::numeric_limits<float>::quiet_NaN() : 0);
  }
  return values;
}

bool History::ShowsSteady(uint64_t site_key) const {
  std::vector<float> values = Of(site_key);
  std::erase_if(values, [](float value) { return std::isnan(value); });
  const auto first = std::ranges::find_if(values, [](float value) { return value > 0; });
  const auto known = values.end() - first;
  if (known < kPointsToTell) return false;
  const auto recent = values.end() - known / kRecentShare;
  const double record = *std::max_element(first, recent);
  const double error = kErrors * std::sqrt(record * static_cast<double>(sample_bytes_));
  const double mean = std::accumulate(recent, values.end(), 0.0) / static_cast<double>(values.end() - recent);
  return mean <= record + error;
}

void History::AddPoint(const JoinedDump& dump) {
  for (const JoinedSite& site : dump.sites) {
    std::vector<float>& values = sites_[site.key];
    if (values.size() < times_s_.size()) values = Of(site.key);
    values.push_back(static_cast<float>(site.counts.live_bytes));
  }
  times_s_.push_back(dump.time_s);
  live_bytes_.push_back(dump.live_bytes());
  is_use_known_ |= dump.used_bytes.has_value();
  used_bytes_.push_back(dump.used_bytes ? static_cast<double>(*dump.used_bytes)
                                        : std::numeric_limits<double>::quiet_NaN());
  is_partial_.push_back(dump.partial);
  sample_bytes_ = dump.sample_bytes > 1 ? dump.sample_bytes : 0;
}

void History::Thin() {
  for (auto& [key, values] : sites_) {
    values = Of(key);
    KeepEverySecond(values);
  }
  KeepEverySecond(times_s_);
  KeepEverySecond(live_bytes_);
  KeepEverySecond(used_bytes_);
  for (size_t i = 0; 2 * i < is_partial_.size(); ++i) is_partial_[i] = is_partial_[2 * i];
  is_partial_.resize(times_s_.size());
  dumps_per_point_ *= 2;
}

}  // namespace headroom
