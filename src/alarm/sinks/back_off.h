#ifndef HEADROOM_ALARM_SINKS_BACK_OFF_H_
#define HEADROOM_ALARM_SINKS_BACK_OFF_H_

#include <algorithm>

namespace headroom {

// When to try again what failed and costs something to try: after 1 s, 2 s, 4 s ... and at last once a minute.
class BackOff {
 public:
  // A clock that was set back does not make anybody wait longer.
  bool IsDue(double time_s) const { return !has_failed() || time_s >= next_s_ || time_s < next_s_ - pause_s_; }

  void Failed(double time_s) {
    pause_s_ = std::clamp(2 * pause_s_, kFirstPauseS, kLongestPauseS);
    next_s_ = time_s + pause_s_;
  }
  void Worked() { pause_s_ = 0; }
  bool has_failed() const { return pause_s_ > 0; }  // the last time

  static constexpr double kFirstPauseS = 1;
  static constexpr double kLongestPauseS = 60;

 private:
  double next_s_ = 0;
  double pause_s_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_BACK_OFF_H_
