#include "host/status_parser.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "alarm/names.h"
#include "recorder/status_json.h"

namespace headroom {
namespace {

using Json = nlohmann::json;

// A member of an object, null where there is none.
const Json& At(const Json& object, const char* key) {
  static const Json null;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() ? null : *found;
}

std::string Text(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }
double Number(const Json& value) { return value.is_number() ? value.get<double>() : 0; }
uint64_t Count(const Json& value) { return value.is_number_unsigned() ? value.get<uint64_t>() : 0; }
bool Flag(const Json& value) { return value.is_boolean() && value.get<bool>(); }

// Unix time of RFC 3339 in UTC, as the agent writes it: "2024-05-01T17:22:03.250Z"; 0 where it is none.
double Time(const Json& value) {
  const std::string text = Text(value);
  tm fields{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &fields);
  if (rest == nullptr) return 0;
  double fraction_s = 0;
  std::from_chars(rest, text.c_str() + text.size(), fraction_s);
  return static_cast<double>(timegm(&fields)) + fraction_s;
}

Interval Estimate(const Json& value) {
  return {Number(At(value, "estimate")), Number(At(value, "low")), Number(At(value, "high"))};
}

template <typename Element>
std::vector<Element> List(const Json& value, Element (*read)(const Json&)) {
  std::vector<Element> elements;
  if (value.is_array()) std::transform(value.begin(), value.end(), std::back_inserter(elements), read);
  return elements;
}

// The value among `values` that has this name; the first where none has.
template <typename Enum, size_t kValues>
Enum Named(const Json& name, const Enum (&values)[kValues]) {
  const auto found = std::find_if(std::begin(values), std::end(values),
                                  [text = Text(name)](Enum value) { return NameOf(value) == text; });
  return found == std::end(values) ? values[0] : *found;
}

Frame ReadFrame(const Json& json) {
  Frame frame;
  frame.function = Text(At(json, "function"));
  frame.file = Text(At(json, "file"));
  frame.line = static_cast<int>(std::min<uint64_t>(Count(At(json, "line")), 1 << 30));
  frame.module = Text(At(json, "module"));
  frame.build_id = Text(At(json, "build_id"));
  frame.offset = Count(At(json, "offset"));
  return frame;
}

Exhaustion ReadExhaustion(const Json& json) {
  Exhaustion exhaustion;
  exhaustion.limit = Text(At(json, "limit"));
  exhaustion.limit_bytes = Count(At(json, "limit_bytes"));
  exhaustion.used_bytes = Count(At(json, "used_bytes"));
  exhaustion.available_bytes = Count(At(json, "available_bytes"));
  if (At(json, "eta_s").is_object()) exhaustion.eta_s = Estimate(At(json, "eta_s"));
  return exhaustion;
}

constexpr VerdictClass kVerdicts[] = {VerdictClass::kCannotTell, VerdictClass::kLeak, VerdictClass::kFilling,
                                      VerdictClass::kRetention, VerdictClass::kUnattributed};
constexpr Severity kSeverities[] = {Severity::kNone, Severity::kNotice, Severity::kWarning, Severity::kCritical};

Health ReadHealth(const Json& json) {
  Health health;
  health.sample_bytes = Count(At(json, "sample_bytes"));
  health.samples_dropped = Count(At(json, "samples_dropped"));
  health.sites_dropped = Count(At(json, "sites_dropped"));
  health.unwind_failures = Count(At(json, "unwind_failures"));
  health.cpu_fraction = Number(At(json, "cpu_fraction"));
  health.agent_bytes = Count(At(json, "agent_bytes"));
  return health;
}

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
  alarm.verdict.live_bytes = Number(At(site, "live_bytes"));
  alarm.verdict.growth_bytes_per_s = Estimate(At(json, "growth_bytes_per_s"));
  alarm.verdict.exhaustion = ReadExhaustion(At(json, "exhaustion"));
  alarm.verdict.live_samples = Count(At(site, "live_samples"));
  alarm.verdict.survivors = Count(At(site, "survivors"));
  alarm.verdict.oldest_s = Number(At(site, "oldest_s"));
  alarm.frames = List(At(site, "frames"), ReadFrame);
  alarm.label = Text(At(site, "label"));
  alarm.health = ReadHealth(At(json, "health"));
  return alarm;
}

SiteStatus ReadSite(const Json& json) {
  SiteStatus site;
  const std::string key = Text(At(json, "site"));
  std::from_chars(key.data(), key.data() + key.size(), site.site_key, 16);
  site.id = Text(At(json, "id"));
  site.verdict = Named(At(json, "verdict"), kVerdicts);
  site.severity = Named(At(json, "severity"), kSeverities);
  site.growth_bytes_per_s = Estimate(At(json, "growth_bytes_per_s"));
  site.live_bytes = Number(At(json, "live_bytes"));
  site.live_samples = Count(At(json, "live_samples"));
  site.onset_time_s = Time(At(json, "onset"));
  if (At(json, "eta_s").is_object()) site.eta_s = Estimate(At(json, "eta_s"));
  site.survivors = Count(At(json, "survivors"));
  site.oldest_s = Number(At(json, "oldest_s"));
  site.born_bytes = Number(At(json, "born_bytes"));
  site.born_samples = Count(At(json, "born_samples"));
  site.frames = List(At(json, "frames"), ReadFrame);
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

SinkStatus ReadSink(const Json& json) {
  return {Text(At(json, "name")), Text(At(json, "error")), Count(At(json, "waiting")), Count(At(json, "lost"))};
}

ProcessMemory ReadMemory(const Json& json) {
  ProcessMemory memory;
  memory.rss_anon_bytes = Count(At(json, "rss_anon_bytes"));
  memory.rss_file_bytes = Count(At(json, "rss_file_bytes"));
  memory.rss_shmem_bytes = Count(At(json, "rss_shmem_bytes"));
  memory.swap_bytes = Count(At(json, "swap_bytes"));
  memory.vm_size_bytes = Count(At(json, "vm_size_bytes"));
  memory.vm_data_bytes = Count(At(json, "vm_data_bytes"));
  memory.mappings = Count(At(json, "mappings"));
  return memory;
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
  status.armed = Flag(At(json, "armed"));
  status.armed_reason = Text(At(json, "armed_reason"));
  status.knowledge = Text(At(json, "knowledge"));
  const Json& heap = At(json, "heap");
  status.live_bytes = Number(At(heap, "live_bytes"));
  status.live_samples = Count(At(heap, "live_samples"));
  status.born_bytes = Number(At(heap, "born_bytes"));
  status.born_samples = Count(At(heap, "born_samples"));
  status.sites = Count(At(heap, "sites"));
  status.memory = ReadMemory(At(json, "process"));
  status.history = List(At(json, "history"), ReadPoint);
  status.top_sites = List(At(json, "sites"), ReadSite);
  status.alarms = List(At(json, "alarms"), ReadAlarm);
  status.suppressed = Count(At(json, "suppressed"));
  status.alarms_crowded_out = Count(At(json, "alarms_crowded_out")) + Count(At(json, "alarms_left_out"));
  status.limits = List(At(json, "limits"), ReadLimit);
  status.sinks = List(At(json, "sinks"), ReadSink);
  status.asked_sample_bytes = Count(At(json, "asked_sample_bytes"));
  status.cpu_budget_fraction = Number(At(At(json, "budget"), "cpu_fraction"));
  status.memory_budget_bytes = Count(At(At(json, "budget"), "memory_bytes"));
  status.health = ReadHealth(At(json, "health"));
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
