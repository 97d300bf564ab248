#include "metrics/metric_labels_of.h"

#include <string_view>
#include <vector>

#include "alarm/blame.h"
#include "alarm/names.h"

namespace headroom {
namespace {

void AddFrameLabel(std::string_view label, const std::vector<Frame>& frames, MetricLabels& labels) {
  FixedText<512> name;
  if (frames.empty()) {
    name.Append("the whole process");
  } else {
    AppendFrameName(frames[BlamedFrame(frames)], MetricLabels::kMaxValueBytes, name);
  }
  labels.Add({label, name.view()});
}

void AddOwnLabel(std::string_view label, MetricLabels& labels) {
  if (!label.empty()) labels.Add({"label", label});
}

}  // namespace

MetricLabels LabelsOf(const Status& process) {
  FixedText<24> pid;
  pid.AppendInteger(process.pid);
  return {{"program", process.program}, {"pid", pid.view()}};
}

void AddLabels(const LimitReading& limit, MetricLabels& labels) { labels.Add({"source", limit.name}); }
void AddLabels(const SinkStatus& sink, MetricLabels& labels) { labels.Add({"sink", sink.name}); }
void AddLabels(const AlarmEvent& alarm, MetricLabels& labels) { labels.Add({"id", alarm.id}); }

void AddLabels(const SiteStatus& site, MetricLabels& labels) {
  labels.Add({"stack", site.id});
  AddFrameLabel("frame", site.frames, labels);
  AddOwnLabel(site.label, labels);
}

void AddInfoLabels(const AlarmEvent& alarm, MetricLabels& labels) {
  const Frame frame = alarm.frames.empty() ? Frame() : alarm.frames[BlamedFrame(alarm.frames)];
  AddLabels(alarm, labels);
  labels.Add({"severity", NameOf(alarm.verdict.severity)}).Add({"verdict", NameOf(alarm.verdict.verdict)});
  AddFrameLabel("function", alarm.frames, labels);
  labels.Add({"module", BaseName(frame.module)}).Add({"build_id", frame.build_id});
  AddOwnLabel(alarm.label, labels);
}

}  // namespace headroom
