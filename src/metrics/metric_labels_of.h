#ifndef HEADROOM_METRICS_METRIC_LABELS_OF_H_
#define HEADROOM_METRICS_METRIC_LABELS_OF_H_

#include "metrics/metric_text.h"
#include "recorder/status.h"

namespace headroom {

// The labels that every series of the process carries.
MetricLabels LabelsOf(const Status& process);

// Those of an element besides the process's. The program's own label (headroom_set_label) is `label`, missing where it
// set none.
void AddLabels(const LimitReading& limit, MetricLabels& labels);
void AddLabels(const SinkStatus& sink, MetricLabels& labels);
void AddLabels(const AlarmEvent& alarm, MetricLabels& labels);
void AddLabels(const SiteStatus& site, MetricLabels& labels);

// What an alarm is about, for the one series that tells it.
void AddInfoLabels(const AlarmEvent& alarm, MetricLabels& labels);

}  // namespace headroom

#endif  // HEADROOM_METRICS_METRIC_LABELS_OF_H_
