#include "metrics/process_metrics.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "alarm/names.h"
#include "metrics/metric_labels_of.h"
#include "metrics/metric_tables.h"

namespace headroom {
namespace {

using enum MetricKind;

const AlarmEvent* FirstToEnd(const Status& process) {
  const auto end_of = [](const AlarmEvent& alarm) {
    const auto& eta_s = alarm.verdict.exhaustion.eta_s;
    return eta_s ? eta_s->estimate : std::numeric_limits<double>::infinity();
  };
  const auto first = std::ranges::min_element(process.alarms, {}, end_of);
  return first != process.alarms.end() && first->verdict.exhaustion.eta_s ? &*first : nullptr;
}

class ProcessMetrics {
 public:
  ProcessMetrics(std::span<const Status* const> processes, TextBuffer& out) : processes_(processes), out_(out) {}

  bool Write() {
    WriteInfo();
    WriteEach(process_metrics);
    WriteMemory();
    WriteTimeLeft();
    WriteLists(limit_metrics, &Status::limits, kMaxOthers);
    WriteAlarmCounts();
    WriteAlarmInfo("headroom_alarm_info", "An open alarm and the function to blame for it.", kMaxAlarmSeries);
    WriteLists(alarm_metrics, &Status::alarms, kMaxAlarmSeries);
    WriteLists(stack_metrics, &Status::top_sites, kMaxStackSeries);
    WriteLists(sink_metrics, &Status::sinks, kMaxOthers);
    return is_whole_;
  }

  bool WriteDeaths() {
    WriteAlarmInfo("headroom_died_alarm_info", "The worst alarm that was open when the process died.", 1);
    return is_whole_;
  }

 private:
  static constexpr size_t kMaxOthers = 16;  // limits, sinks: more than any process has

  // `write(process, labels of the process, family)` writes the process's samples of one metric.
  void WriteFamily(std::string_view name, MetricKind kind, std::string_view help, auto write) {
    MetricFamily family(name, kind, help, out_);
    for (const Status* process : processes_) write(*process, LabelsOf(*process), family);
    is_whole_ &= family.is_whole();
  }

  void WriteEach(std::span<const Metric<Status>> metrics) {
    for (const auto& metric : metrics) {
      WriteFamily(metric.name, metric.kind, metric.help,
                  [&](const Status& process, const MetricLabels& labels, MetricFamily& family) {
                    family.Sample(labels, metric.value(process));
                  });
    }
  }

  template <typename Element>
  void WriteLists(std::span<const Metric<Element>> metrics, std::vector<Element> Status::*list, size_t most) {
    for (const auto& metric : metrics) {
      WriteFamily(metric.name, metric.kind, metric.help,
                  [&](const Status& process, const MetricLabels& labels, MetricFamily& family) {
                    const std::vector<Element>& elements = process.*list;
                    for (size_t i = 0; i < std::min(elements.size(), most); ++i) {
                      MetricLabels its_labels = labels;
                      AddLabels(elements[i], its_labels);
                      family.Sample(its_labels, metric.value(elements[i]));
                    }
                  });
    }
  }

  void WriteInfo() {
    WriteFamily("headroom_process_info", kGauge, "The program: its build, and the agent's version.",
                [](const Status& process, MetricLabels labels, MetricFamily& family) {
                  labels.Add({"build_id", process.program_build_id}).Add({"version", process.headroom_version});
                  family.Sample(labels, 1);
                });
  }

  void WriteMemory() {
    WriteFamily("headroom_process_memory_bytes", kGauge, "Memory of the process as the kernel counts it.",
                [](const Status& process, const MetricLabels& labels, MetricFamily& family) {
                  const auto sample = [&](std::string_view kind, uint64_t bytes) {
                    MetricLabels its_labels = labels;
                    family.Sample(its_labels.Add({"kind", kind}), bytes);
                  };
                  sample("rss_anon", process.memory.rss_anon_bytes);
                  sample("rss_file", process.memory.rss_file_bytes);
                  sample("rss_shmem", process.memory.rss_shmem_bytes);
                  sample("swap", process.memory.swap_bytes);
                });
  }

  void WriteTimeLeft() {
    WriteEnd("headroom_time_to_exhaustion_seconds",
             "Time left until the limit that growth meets first; missing where no end is in sight.",
             &Interval::estimate);
    WriteEnd("headroom_time_to_exhaustion_low_seconds", "Lower bound of the time left, with 80 % confidence.",
             &Interval::low);
    WriteEnd("headroom_time_to_exhaustion_high_seconds", "Upper bound of the time left, with 80 % confidence.",
             &Interval::high);
  }

  void WriteEnd(std::string_view name, std::string_view help, double Interval::*bound) {
    WriteFamily(name, kGauge, help, [&](const Status& process, MetricLabels labels, MetricFamily& family) {
      const AlarmEvent* first = FirstToEnd(process);
      if (first == nullptr) return;
      const Exhaustion& end = first->verdict.exhaustion;
      family.Sample(labels.Add({"source", end.limit}), (*end.eta_s).*bound);
    });
  }

  void WriteAlarmCounts() {
    WriteFamily("headroom_alarms", kGauge, "Open alarms.",
                [](const Status& process, const MetricLabels& labels, MetricFamily& family) {
                  for (const Severity severity : {Severity::kNotice, Severity::kWarning, Severity::kCritical}) {
                    MetricLabels its_labels = labels;
                    its_labels.Add({"severity", NameOf(severity)});
                    family.Sample(its_labels,
                                  std::ranges::count_if(process.alarms, [severity](const AlarmEvent& alarm) {
                                    return alarm.verdict.severity == severity;
                                  }));
                  }
                });
  }

  void WriteAlarmInfo(std::string_view name, std::string_view help, size_t most) {
    WriteFamily(name, kGauge, help, [most](const Status& process, const MetricLabels& labels, MetricFamily& family) {
      for (size_t i = 0; i < std::min(process.alarms.size(), most); ++i) {
        MetricLabels its_labels = labels;
        AddInfoLabels(process.alarms[i], its_labels);
        family.Sample(its_labels, 1);
      }
    });
  }

  const std::span<const Status* const> processes_;
  TextBuffer& out_;
  bool is_whole_ = true;
};

}  // namespace

bool WriteProcessMetrics(std::span<const Status* const> processes, TextBuffer& out) {
  return ProcessMetrics(processes, out).Write();
}

bool WriteDeathMetrics(std::span<const Status* const> processes, TextBuffer& out) {
  return ProcessMetrics(processes, out).WriteDeaths();
}

}  // namespace headroom
