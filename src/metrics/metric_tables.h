#ifndef HEADROOM_METRICS_METRIC_TABLES_H_
#define HEADROOM_METRICS_METRIC_TABLES_H_

#include <optional>
#include <span>
#include <string_view>

#include "metrics/metric_text.h"
#include "recorder/status.h"

namespace headroom {

// A metric that each element (a process, a limit, an alarm ...) has one sample of, or none.
template <typename Element>
struct Metric {
  std::string_view name;
  MetricKind kind;
  std::string_view help;
  std::optional<double> (*value)(const Element&);
};

// One line each; those that carry labels of their own beside the element's are in process_metrics.cc.
extern const std::span<const Metric<Status>> process_metrics;
extern const std::span<const Metric<LimitReading>> limit_metrics;
extern const std::span<const Metric<AlarmEvent>> alarm_metrics;
extern const std::span<const Metric<SiteStatus>> stack_metrics;
extern const std::span<const Metric<SinkStatus>> sink_metrics;

}  // namespace headroom

#endif  // HEADROOM_METRICS_METRIC_TABLES_H_
