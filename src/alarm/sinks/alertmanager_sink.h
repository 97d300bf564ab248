#ifndef HEADROOM_ALARM_SINKS_ALERTMANAGER_SINK_H_
#define HEADROOM_ALARM_SINKS_ALERTMANAGER_SINK_H_

#include <chrono>
#include <string>
#include <string_view>

#include "alarm/sinks/alarm_sink.h"
#include "alarm/sinks/alert_book.h"
#include "alarm/sinks/back_off.h"
#include "alarm/sinks/http_post.h"
#include "alarm/text_buffer.h"

namespace headroom {

// Prometheus' Alertmanager, API version 2. Every post carries all alerts that go on, and is repeated once a minute as
// Prometheus does, so that an Alertmanager that restarted learns of them again and one that hears nothing more resolves
// them. While it fails, an event waits for the next try.
class AlertmanagerSink : public AlarmSink {
 public:
  // `endpoint.path` is where the Alertmanager's web interface is, or the full path of the API.
  AlertmanagerSink(std::string name, HttpEndpoint endpoint, std::chrono::milliseconds patience = kPatience);

  bool Deliver(const AlarmEvent& event) override;
  bool Note(double time_s, Code code, std::string_view text) override;
  bool Retry(double time_s) override;
  bool HasWork(double time_s) const override;
  std::string_view name() const override { return name_; }
  std::string_view last_error() const override { return error_.view(); }
  uint64_t waiting() const override { return book_.news(); }
  uint64_t lost() const override { return book_.lost(); }

  static constexpr std::chrono::milliseconds kPatience{1000};  // for the agent's tick, which waits meanwhile

 private:
  bool PostAll(double time_s);
  HttpAnswer PostAlerts() const;
  void Learn(const HttpAnswer& answer, double time_s);

  const std::string name_;
  const HttpEndpoint endpoint_;
  const std::chrono::milliseconds patience_;
  const std::string instance_;
  AlertBook book_;
  BackOff back_off_;
  double told_s_ = 0;  // when it last took note
  FixedText<160> error_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_ALERTMANAGER_SINK_H_
