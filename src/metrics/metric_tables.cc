#include "metrics/metric_tables.h"

#include <algorithm>

#include "metrics/process_metrics.h"

namespace headroom {
namespace {

using enum MetricKind;
using Value = std::optional<double>;

Value IfKnown(double value) { return value > 0 ? Value(value) : std::nullopt; }

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
    {"headroom_tick_interval_seconds", kGauge, "HEADROOM_INTERVAL: how often the agent is to look.",
     [](const Status& s) -> Value { return s.interval_s; }},
    {"headroom_look_interval_seconds", kGauge, "How often the agent looks: less where that would cost more than the budget.",
     [](const Status& s) { return IfKnown(s.look_every_s); }},
    {"headroom_ticks_total", kCounter, "Intervals since the start of the agent.",
     [](const Status& s) -> Value { return s.tick; }},
    {"headroom_ticks_left_out_total", kCounter, "Intervals without a look, to stay within the budget.",
     [](const Status& s) -> Value { return s.ticks_left_out; }},
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

}  // namespace

constinit const std::span<const Metric<Status>> process_metrics = kProcessMetrics;
constinit const std::span<const Metric<LimitReading>> limit_metrics = kLimitMetrics;
constinit const std::span<const Metric<AlarmEvent>> alarm_metrics = kAlarmMetrics;
constinit const std::span<const Metric<SiteStatus>> stack_metrics = kStackMetrics;
constinit const std::span<const Metric<SinkStatus>> sink_metrics = kSinkMetrics;

}  // namespace headroom
