#include "metrics/process_metrics.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "alarm/blame.h"
#include "alarm/names.h"
#include "metrics/metric_text.h"

namespace headroom {
namespace {

using enum MetricKind;
using Value = std::optional<double>;

// A metric that each element (a process, a limit, an alarm ...) has one sample of.
template <typename Element>
struct Metric {
  std::string_view name;
  MetricKind kind;
  std::string_view help;
  Value (*value)(const Element&);
};

Value IfKnown(double value) { return value > 0 ? Value(value) : std::nullopt; }

const AlarmEvent* FirstToEnd(const Status& process) {
  const auto end_of = [](const AlarmEvent& alarm) {
    const auto& eta_s = alarm.verdict.exhaustion.eta_s;
    return eta_s ? eta_s->estimate : std::numeric_limits<double>::infinity();
  };
  const auto first = std::ranges::min_element(process.alarms, {}, end_of);
  return first != process.alarms.end() && first->verdict.exhaustion.eta_s ? &*first : nullptr;
}

double GrowthOf(const Status& process) {
  double bytes_per_s = 0;
  for (const SiteStatus& site : process.top_sites) bytes_per_s += site.growth_bytes_per_s.estimate;
  return bytes_per_s;
}

constexpr Metric<Status> kProcessMetrics[] = {
    {"headroom_armed", kGauge, "Whether the agent watches the process's allocations.",
     [](const Status& s) -> Value { return s.armed; }},
    {"headroom_process_start_time_seconds", kGauge, "When the process began, Unix time.",
     [](const Status& s) { return IfKnown(s.start_time_s); }},
    {"headroom_last_tick_timestamp_seconds", kGauge, "When the agent last looked, Unix time.",
     [](const Status& s) -> Value { return s.time_s; }},
    {"headroom_tick_interval_seconds", kGauge, "How often the agent looks.",
     [](const Status& s) -> Value { return s.interval_s; }},
    {"headroom_ticks_total", kCounter, "How often the agent has looked.",
     [](const Status& s) -> Value { return s.tick; }},
    {"headroom_heap_live_bytes", kGauge, "Bytes allocated and not freed, estimated from samples.",
     [](const Status& s) -> Value { return s.live_bytes; }},
    {"headroom_heap_allocated_bytes_total", kCounter, "Bytes ever allocated, estimated from samples.",
     [](const Status& s) -> Value { return s.born_bytes; }},
    {"headroom_heap_live_samples", kGauge, "Samples behind headroom_heap_live_bytes.",
     [](const Status& s) -> Value { return s.live_samples; }},
    {"headroom_heap_stacks", kGauge, "Call stacks known.", [](const Status& s) -> Value { return s.sites; }},
    {"headroom_growth_bytes_per_second", kGauge, "Proven growth of all call stacks together.",
     [](const Status& s) -> Value { return GrowthOf(s); }},
    {"headroom_alarms_left_out", kGauge, "Open alarms without series of their own.",
     [](const Status& s) -> Value {
       return s.alarms_crowded_out + s.alarms.size() - std::min(s.alarms.size(), kMaxAlarmSeries);
     }},
    {"headroom_agent_memory_bytes", kGauge, "Memory of the agent itself.",
     [](const Status& s) -> Value { return s.health.agent_bytes; }},
    {"headroom_agent_memory_budget_bytes", kGauge, "HEADROOM_MEMORY_BUDGET.",
     [](const Status& s) { return IfKnown(static_cast<double>(s.memory_budget_bytes)); }},
    {"headroom_agent_cpu_ratio", kGauge, "Share of one processor that the agent takes.",
     [](const Status& s) -> Value { return s.health.cpu_fraction; }},
    {"headroom_agent_cpu_budget_ratio", kGauge, "HEADROOM_CPU_BUDGET.",
     [](const Status& s) { return IfKnown(s.cpu_budget_fraction); }},
    {"headroom_sample_interval_bytes", kGauge, "Mean bytes between two samples, as in force.",
     [](const Status& s) -> Value { return s.health.sample_bytes; }},
    {"headroom_sample_interval_asked_bytes", kGauge, "HEADROOM_SAMPLE_BYTES.",
     [](const Status& s) { return IfKnown(static_cast<double>(s.asked_sample_bytes)); }},
    {"headroom_samples_dropped_total", kCounter, "Samples that found no room: their bytes are missing everywhere.",
     [](const Status& s) -> Value { return s.health.samples_dropped; }},
    {"headroom_stacks_dropped_total", kCounter, "Samples counted without their call stack, which found no room.",
     [](const Status& s) -> Value { return s.health.sites_dropped; }},
    {"headroom_unwind_failures_total", kCounter, "Samples whose call stack could not be walked.",
     [](const Status& s) -> Value { return s.health.unwind_failures; }},
};

template <LimitUnit kUnit, auto kField>
Value LimitField(const LimitReading& limit) {
  return limit.unit == kUnit ? Value((limit.*kField)) : std::nullopt;
}

constexpr Metric<LimitReading> kLimitMetrics[] = {
    {"headroom_limit_bytes", kGauge, "A limit on the memory of the process.",
     LimitField<LimitUnit::kBytes, &LimitReading::limit>},
    {"headroom_used_bytes", kGauge, "What counts against the limit, by whomever.",
     LimitField<LimitUnit::kBytes, &LimitReading::used>},
    {"headroom_available_bytes", kGauge, "What the limit leaves.",
     [](const LimitReading& limit) -> Value {
       return limit.unit == LimitUnit::kBytes ? Value(limit.available()) : std::nullopt;
     }},
    {"headroom_limit_mappings", kGauge, "The limit on the number of memory mappings.",
     LimitField<LimitUnit::kMappings, &LimitReading::limit>},
    {"headroom_used_mappings", kGauge, "Memory mappings of the process.",
     LimitField<LimitUnit::kMappings, &LimitReading::used>},
};

constexpr Metric<AlarmEvent> kAlarmMetrics[] = {
    {"headroom_alarm_growth_bytes_per_second", kGauge, "How fast what the alarm is about grows.",
     [](const AlarmEvent& a) -> Value { return a.verdict.growth_bytes_per_s.estimate; }},
    {"headroom_alarm_growth_low_bytes_per_second", kGauge, "Lower bound of the growth, with 80 % confidence.",
     [](const AlarmEvent& a) -> Value { return a.verdict.growth_bytes_per_s.low; }},
    {"headroom_alarm_growth_high_bytes_per_second", kGauge, "Upper bound of the growth, with 80 % confidence.",
     [](const AlarmEvent& a) -> Value { return a.verdict.growth_bytes_per_s.high; }},
    {"headroom_alarm_live_bytes", kGauge, "What the call stack of the alarm holds.",
     [](const AlarmEvent& a) -> Value { return a.verdict.live_bytes; }},
    {"headroom_alarm_onset_timestamp_seconds", kGauge, "When the growth began, Unix time.",
     [](const AlarmEvent& a) { return IfKnown(a.verdict.onset_time_s); }},
    {"headroom_alarm_time_to_exhaustion_seconds", kGauge,
     "Time left until the limit; missing where no end is in sight.",
     [](const AlarmEvent& a) {
       const auto& eta_s = a.verdict.exhaustion.eta_s;
       return eta_s ? Value(eta_s->estimate) : std::nullopt;
     }},
};

constexpr Metric<SiteStatus> kStackMetrics[] = {
    {"headroom_stack_live_bytes", kGauge, "What the call stack holds, estimated from samples.",
     [](const SiteStatus& s) -> Value { return s.live_bytes; }},
    {"headroom_stack_growth_bytes_per_second", kGauge, "Proven growth of the call stack; 0 where none is proven.",
     [](const SiteStatus& s) -> Value { return s.growth_bytes_per_s.estimate; }},
};

constexpr Metric<SinkStatus> kSinkMetrics[] = {
    {"headroom_sink_up", kGauge, "Whether the last alarm got to the sink.",
     [](const SinkStatus& s) -> Value { return s.error.empty(); }},
    {"headroom_sink_waiting_messages", kGauge, "Messages that the sink has still to take.",
     [](const SinkStatus& s) -> Value { return s.waiting; }},
    {"headroom_sink_lost_messages_total", kCounter, "Messages given up.",
     [](const SinkStatus& s) -> Value { return s.lost; }},
};

// Every element's labels besides the process's.
void AddLabels(const LimitReading& limit, MetricLabels& labels) { labels.Add({"source", limit.name}); }
void AddLabels(const SinkStatus& sink, MetricLabels& labels) { labels.Add({"sink", sink.name}); }
void AddLabels(const AlarmEvent& alarm, MetricLabels& labels) { labels.Add({"id", alarm.id}); }

void AddFrameLabel(std::string_view label, const std::vector<Frame>& frames, MetricLabels& labels) {
  FixedText<512> name;
  if (frames.empty()) {
    name.Append("the whole process");
  } else {
    AppendFrameName(frames[BlamedFrame(frames)], MetricLabels::kMaxValueBytes, name);
  }
  labels.Add({label, name.view()});
}

void AddLabels(const SiteStatus& site, MetricLabels& labels) {
  labels.Add({"stack", site.id});
  AddFrameLabel("frame", site.frames, labels);
}

class ProcessMetrics {
 public:
  ProcessMetrics(std::span<const Status* const> processes, TextBuffer& out) : processes_(processes), out_(out) {}

  bool Write() {
    WriteInfo();
    WriteEach(kProcessMetrics);
    WriteMemory();
    WriteTimeLeft();
    WriteLists(kLimitMetrics, &Status::limits, kMaxOthers);
    WriteAlarmCounts();
    WriteAlarmInfo("headroom_alarm_info", "An open alarm and the function to blame for it.", kMaxAlarmSeries);
    WriteLists(kAlarmMetrics, &Status::alarms, kMaxAlarmSeries);
    WriteLists(kStackMetrics, &Status::top_sites, kMaxStackSeries);
    WriteLists(kSinkMetrics, &Status::sinks, kMaxOthers);
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

  template <typename Element, size_t kMetrics>
  void WriteLists(const Metric<Element> (&metrics)[kMetrics], std::vector<Element> Status::*list, size_t most) {
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

  static void AddInfoLabels(const AlarmEvent& alarm, MetricLabels& labels) {
    const Frame frame = alarm.frames.empty() ? Frame() : alarm.frames[BlamedFrame(alarm.frames)];
    AddLabels(alarm, labels);
    labels.Add({"severity", NameOf(alarm.verdict.severity)}).Add({"verdict", NameOf(alarm.verdict.verdict)});
    AddFrameLabel("function", alarm.frames, labels);
    labels.Add({"module", BaseName(frame.module)}).Add({"build_id", frame.build_id});
  }

  const std::span<const Status* const> processes_;
  TextBuffer& out_;
  bool is_whole_ = true;
};

}  // namespace

MetricLabels LabelsOf(const Status& process) {
  FixedText<24> pid;
  pid.AppendInteger(process.pid);
  return {{"program", process.program}, {"pid", pid.view()}};
}

bool WriteProcessMetrics(std::span<const Status* const> processes, TextBuffer& out) {
  return ProcessMetrics(processes, out).Write();
}

bool WriteDeathMetrics(std::span<const Status* const> processes, TextBuffer& out) {
  return ProcessMetrics(processes, out).WriteDeaths();
}

}  // namespace headroom
