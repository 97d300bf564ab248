#ifndef HEADROOM_ALARM_SINKS_ALERT_BOOK_H_
#define HEADROOM_ALARM_SINKS_ALERT_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alarm/event.h"
#include "alarm/sinks/alert.h"

namespace headroom {

// Which alerts an Alertmanager should know of. It forgets: all are told again and again, and one that has ended until
// that has been taken note of. Bounded: where it is full the oldest gives way and is counted.
class AlertBook {
 public:
  static constexpr size_t kMaxAlerts = 64;

  // An alert of the same alarm under other labels (the severity has changed) ends with it.
  void Take(const AlarmEvent& event, std::string_view instance);
  void TakeNote(double time_s, Code code, std::string_view text, std::string_view instance);

  // Each alert as JSON. May throw std::bad_alloc.
  std::vector<std::string> Alerts() const;

  // All of Alerts() have been taken note of.
  void Acknowledge();

  bool empty() const { return alerts_.empty(); }
  uint64_t news() const { return news_; }  // taken since the last Acknowledge()
  uint64_t lost() const { return lost_; }

 private:
  void End(const std::string& alarm_id, double time_s);
  void Put(Alert alert);

  std::vector<Alert> alerts_;  // oldest first
  uint64_t news_ = 0;
  uint64_t lost_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_ALERT_BOOK_H_
