#include "alarm/sinks/alert_book.h"

#include <algorithm>
#include <new>
#include <utility>

namespace headroom {

void AlertBook::Take(const AlarmEvent& event, std::string_view instance) try {
  End(event.id, event.time_s);
  if (event.state != AlarmState::kResolved) Put(AlertFor(event, instance));
} catch (const std::bad_alloc&) {
  ++lost_;
}

void AlertBook::TakeNote(double time_s, Code code, std::string_view text, std::string_view instance) try {
  Put(AlertForNote(time_s, code, text, instance));
} catch (const std::bad_alloc&) {
  ++lost_;
}

void AlertBook::End(const std::string& alarm_id, double time_s) {
  for (Alert& alert : alerts_) {
    if (alert.alarm_id != alarm_id || alert.ends_s) continue;
    alert.ends_s = std::max(alert.starts_s, time_s);
    ++news_;
  }
}

void AlertBook::Put(Alert alert) {
  const auto same = std::ranges::find(alerts_, alert.labels, &Alert::labels);
  if (same != alerts_.end()) {
    alert.starts_s = same->starts_s;
    *same = std::move(alert);
    return;
  }
  ++news_;
  if (alerts_.size() == kMaxAlerts) {
    alerts_.erase(alerts_.begin());
    ++lost_;
  }
  alerts_.push_back(std::move(alert));
}

std::vector<std::string> AlertBook::Alerts() const {
  std::vector<std::string> all;
  for (const Alert& alert : alerts_) all.push_back(AlertJson(alert));
  return all;
}

void AlertBook::Acknowledge() {
  std::erase_if(alerts_, [](const Alert& alert) { return alert.ends_s.has_value(); });
  news_ = 0;
}

}  // namespace headroom
