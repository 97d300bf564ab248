#ifndef HEADROOM_ALARM_TRACKER_H_
#define HEADROOM_ALARM_TRACKER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "alarm/event.h"
#include "alarm/open_alarm.h"

namespace headroom {

// What people are to be told after one tick.
struct Transition {
  AlarmState state = AlarmState::kFiring;
  std::string id;
  Verdict verdict;  // with the severity in force; of a resolved alarm as last seen
};

// Turns the verdicts of each tick into alarms that fire, update and resolve. No clock, no file: a tick is one call of
// Observe. Bounded: at most max_open alarms are followed; a verdict of higher severity takes the place of the least
// of them, which is then neither updated nor resolved but counted.
class Tracker {
 public:
  // The stable name of a site, e.g. a hash over build ids and offsets of its frames. Verdicts on the process as a whole
  // (site_key 0) are named by their class. Verdicts of one name are one alarm: the worst speaks.
  using SiteId = std::function<std::string(uint64_t site_key)>;

  explicit Tracker(SiteId site_id, TrackerSettings settings = {});

  // All verdicts of this tick; those below a notice open no alarm, but keep one open while its severity is held. Returns
  // what to tell, worst first.
  std::vector<Transition> Observe(double time_s, const std::vector<Verdict>& verdicts);

  struct Entry {
    std::string id;
    OpenAlarm alarm;
  };
  std::vector<Entry> open() const;  // worst first

  // Under which a verdict is followed.
  std::string IdOf(const Verdict& verdict) const;

  // Alarms that the last tick called for and that are not followed.
  uint64_t crowded_out() const { return crowded_out_; }

 private:
  using Seen = std::map<std::string, const Verdict*>;

  Seen WorstById(const std::vector<Verdict>& verdicts) const;
  void Follow(double time_s, Seen& seen, std::vector<Transition>& told);
  bool SeeOrMiss(const std::string& id, OpenAlarm& alarm, double time_s, Seen& seen);
  void Fire(double time_s, const Seen& fresh, std::vector<Transition>& told);
  bool MakeRoomFor(const Verdict& verdict);

  SiteId site_id_;
  TrackerSettings settings_;
  std::map<std::string, OpenAlarm> open_;
  uint64_t crowded_out_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_TRACKER_H_
