#include "alarm/tracker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "alarm/names.h"

namespace headroom {
namespace {

bool IsOfGrowth(const Verdict& verdict) {
  return verdict.verdict != VerdictClass::kSteady && verdict.verdict != VerdictClass::kCannotTell;
}

double NumberOr(double value, double otherwise) { return std::isnan(value) ? otherwise : value; }

// Higher severity first, then the nearer end, then what does not end by itself, then the faster growth.
bool IsWorse(const Verdict& a, const Verdict& b) {
  const auto rank = [](const Verdict& verdict) {
    const auto& eta_s = verdict.exhaustion.eta_s;
    const double end_s = eta_s ? eta_s->estimate : std::numeric_limits<double>::infinity();
    const double growth = verdict.growth_bytes_per_s.estimate;
    const bool may_end = verdict.verdict == VerdictClass::kFilling;
    return std::make_tuple(-static_cast<int>(verdict.severity), NumberOr(end_s, 0), may_end, NumberOr(-growth, 0));
  };
  return rank(a) < rank(b);
}

}  // namespace

Tracker::Tracker(SiteId site_id, TrackerSettings settings) : site_id_(std::move(site_id)), settings_(settings) {}

std::vector<Transition> Tracker::Observe(double time_s, const std::vector<Verdict>& verdicts) {
  std::vector<Transition> told;
  Seen seen = WorstById(verdicts);
  Follow(time_s, seen, told);
  Fire(time_s, seen, told);
  std::stable_sort(told.begin(), told.end(),
                   [](const auto& a, const auto& b) { return IsWorse(a.verdict, b.verdict); });
  return told;
}

std::vector<Tracker::Entry> Tracker::open() const {
  std::vector<Entry> entries;
  for (const auto& [id, alarm] : open_) entries.push_back({id, alarm});
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return IsWorse(a.alarm.verdict(), b.alarm.verdict()); });
  return entries;
}

Tracker::Seen Tracker::WorstById(const std::vector<Verdict>& verdicts) const {
  Seen seen;
  for (const Verdict& verdict : verdicts) {
    if (!IsOfGrowth(verdict)) continue;
    const auto [entry, is_new] = seen.try_emplace(IdOf(verdict), &verdict);
    if (!is_new && IsWorse(verdict, *entry->second)) entry->second = &verdict;
  }
  return seen;
}

std::string Tracker::IdOf(const Verdict& verdict) const {
  if (verdict.site_key != 0) return site_id_(verdict.site_key);
  return "process-" + std::string(NameOf(verdict.verdict));
}

// Open alarms take their verdicts out of `seen`.
void Tracker::Follow(double time_s, Seen& seen, std::vector<Transition>& told) {
  for (auto entry = open_.begin(); entry != open_.end();) {
    auto& [id, alarm] = *entry;
    const bool is_told = SeeOrMiss(id, alarm, time_s, seen);
    const bool is_over = alarm.IsOver();
    if (is_over) {
      told.push_back({AlarmState::kResolved, id, alarm.verdict()});
    } else if (is_told) {
      told.push_back({AlarmState::kUpdate, id, alarm.verdict()});
    }
    entry = is_over ? open_.erase(entry) : std::next(entry);
  }
}

bool Tracker::SeeOrMiss(const std::string& id, OpenAlarm& alarm, double time_s, Seen& seen) {
  const auto found = seen.extract(id);
  if (!found) {
    alarm.Miss();
    return false;
  }
  return alarm.See(*found.mapped(), time_s);
}

void Tracker::Fire(double time_s, const Seen& fresh, std::vector<Transition>& told) {
  std::vector<std::pair<std::string, const Verdict*>> candidates(fresh.begin(), fresh.end());
  std::erase_if(candidates, [](const auto& candidate) { return candidate.second->severity < Severity::kNotice; });
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return IsWorse(*a.second, *b.second); });
  crowded_out_ = 0;
  for (const auto& [id, verdict] : candidates) {
    if (open_.size() >= settings_.max_open) ++crowded_out_;
    if (!MakeRoomFor(*verdict)) continue;
    open_.emplace(id, OpenAlarm(*verdict, time_s, settings_));
    told.push_back({AlarmState::kFiring, id, *verdict});
  }
}

bool Tracker::MakeRoomFor(const Verdict& verdict) {
  if (open_.size() < settings_.max_open) return true;
  const auto least = std::max_element(open_.begin(), open_.end(), [](const auto& a, const auto& b) {
    return IsWorse(a.second.verdict(), b.second.verdict());
  });
  if (least == open_.end() || least->second.verdict().severity >= verdict.severity) return false;
  open_.erase(least);
  return true;
}

}  // namespace headroom
