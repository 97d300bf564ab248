#include "host/status_parser.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "alarm/names.h"
#include "host/field_reader.h"
#include "recorder/status_fields.h"
#include "recorder/status_json.h"

namespace headroom {
namespace {

// The value among `values` that has this name; the first where none has.
template <typename Enum, size_t kValues>
Enum Named(const Json& name, const Enum (&values)[kValues]) {
  const auto found = std::find_if(std::begin(values), std::end(values),
                                  [text = Text(name)](Enum value) { return NameOf(value) == text; });
  return found == std::end(values) ? values[0] : *found;
}

constexpr VerdictClass kVerdicts[] = {VerdictClass::kCannotTell, VerdictClass::kLeak, VerdictClass::kFilling,
                                      VerdictClass::kRetention, VerdictClass::kUnattributed};
constexpr Severity kSeverities[] = {Severity::kNone, Severity::kNotice, Severity::kWarning, Severity::kCritical};

AlarmEvent ReadAlarm(const Json& json) {
  constexpr AlarmState kStates[] = {AlarmState::kFiring, AlarmState::kUpdate, AlarmState::kResolved};
  const Json& site = At(json, "site");
  AlarmEvent alarm;
  alarm.state = Named(At(json, "state"), kStates);
  alarm.id = Text(At(json, "id"));
  alarm.time_s = Number(At(json, "time_s"));
  alarm.program = Text(At(json, "program"));
  alarm.pid = static_cast<int64_t>(Count(At(json, "pid")));
  alarm.uptime_s = Number(At(json, "uptime_s"));
  alarm.verdict.severity = Named(At(json, "severity"), kSeverities);
  alarm.verdict.verdict = Named(At(json, "verdict"), kVerdicts);
  alarm.verdict.onset_time_s = Time(At(json, "onset"));
  alarm.verdict.growth_bytes_per_s = Estimate(At(json, "growth_bytes_per_s"));
  alarm.verdict.exhaustion = ReadObject<Exhaustion>(At(json, "exhaustion"));
  EachField(alarm.verdict, FieldReader(site));
  alarm.frames = List(At(site, "frames"), ReadObject<Frame>);
  alarm.label = Text(At(site, "label"));
  alarm.health = ReadObject<Health>(At(json, "health"));
  return alarm;
}

SiteStatus ReadSite(const Json& json) {
  auto site = ReadObject<SiteStatus>(json);
  const std::string key = Text(At(json, "site"));
  std::from_chars(key.data(), key.data() + key.size(), site.site_key, 16);
  site.id = Text(At(json, "id"));
  site.verdict = Named(At(json, "verdict"), kVerdicts);
  site.severity = Named(At(json, "severity"), kSeverities);
  site.onset_time_s = Time(At(json, "onset"));
  site.frames = List(At(json, "frames"), ReadObject<Frame>);
  site.label = Text(At(json, "label"));
  return site;
}

LimitReading ReadLimit(const Json& json) {
  LimitReading limit;
  limit.name = Text(At(json, "name"));
  limit.unit = Text(At(json, "unit")) == "mappings" ? LimitUnit::kMappings : LimitUnit::kBytes;
  limit.limit = Count(At(json, "limit"));
  limit.used = Count(At(json, "used"));
  limit.shared = Flag(At(json, "shared"));
  return limit;
}

MemoryPoint ReadPoint(const Json& json) {
  if (!json.is_array() || json.size() != 4) return {};
  return {Number(json[0]), Count(json[1]), Number(json[2]), Count(json[3])};
}

Status ReadStatus(const Json& json) {
  Status status;
  status.headroom_version = Text(At(json, "headroom_version"));
  status.program = Text(At(json, "program"));
  status.program_build_id = Text(At(json, "program_build_id"));
  status.start_time_s = Time(At(json, "start_time"));
  status.pid = static_cast<int64_t>(Count(At(json, "pid")));
  status.time_s = Number(At(json, "time_s"));
  status.tick = Count(At(json, "tick"));
  status.interval_s = Number(At(json, "interval_s"));
  status.look_every_s = Number(At(json, "look_every_s"));
  status.ticks_left_out = Count(At(json, "ticks_left_out"));
  status.armed = Flag(At(json, "armed"));
  status.armed_reason = Text(At(json, "armed_reason"));
  status.knowledge = Text(At(json, "knowledge"));
  EachHeapField(status, FieldReader(At(json, "heap")));
  status.memory = ReadObject<ProcessMemory>(At(json, "process"));
  status.history = List(At(json, "history"), ReadPoint);
  status.top_sites = List(At(json, "sites"), ReadSite);
  status.alarms = List(At(json, "alarms"), ReadAlarm);
  status.suppressed = Count(At(json, "suppressed"));
  status.alarms_crowded_out = Count(At(json, "alarms_crowded_out")) + Count(At(json, "alarms_left_out"));
  status.limits = List(At(json, "limits"), ReadLimit);
  status.sinks = List(At(json, "sinks"), ReadObject<SinkStatus>);
  status.asked_sample_bytes = Count(At(json, "asked_sample_bytes"));
  status.cpu_budget_fraction = Number(At(At(json, "budget"), "cpu_fraction"));
  status.memory_budget_bytes = Count(At(At(json, "budget"), "memory_bytes"));
  status.health = ReadObject<Health>(At(json, "health"));
  return status;
}

}  // namespace

ParsedStatus ParseStatus(const std::string& json) {
  Json record;
  try {
    record = Json::parse(json);
  } catch (const Json::parse_error& error) {
    return {{}, "the record is not JSON at its byte " + std::to_string(error.byte)};
  } catch (const Json::out_of_range&) {
    return {{}, "the record holds a number beyond every range"};
  }
  if (Text(At(record, "event")) != "status") return {{}, "the record is not a status: no \"event\":\"status\" in it"};
  const uint64_t format = Count(At(record, "format"));
  if (format != kStatusFormat) {
    return {{},
            "the record has format " + std::to_string(format) + ", this tool knows " + std::to_string(kStatusFormat)};
  }
  return {ReadStatus(record), {}};
}

}  // namespace headroom
