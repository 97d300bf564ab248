#include "recorder/status_json.h"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "alarm/event_json.h"
#include "alarm/json_writer.h"
#include "alarm/names.h"
#include "recorder/status_fields.h"

namespace headroom {
namespace {

constexpr size_t kRoomForTheRest = 96 * 1024;  // behind history, limits and sinks
constexpr size_t kRoomForSites = 64 * 1024;
constexpr size_t kRoomForTheEnd = 256;

void WriteHead(const Status& status, JsonWriter& json) {
  json.Key("event").String("status");
  json.Key("format").Number(kStatusFormat);
  json.Key("headroom_version").String(status.headroom_version);
  json.Key("program").String(status.program);
  json.Key("program_build_id").StringOrNull(status.program_build_id);
  json.Key("pid").Number(status.pid);
  json.Key("start_time").Time(status.start_time_s);
  json.Key("time").Time(status.time_s);
  json.Key("time_s").Number(status.time_s);
  json.Key("tick").Number(status.tick);
  json.Key("interval_s").Number(status.interval_s);
  json.Key("look_every_s").Number(status.look_every_s);
  json.Key("ticks_left_out").Number(status.ticks_left_out);
  json.Key("armed").Bool(status.armed);
  json.Key("armed_reason").String(status.armed_reason, 1024);
  json.Key("knowledge").StringOrNull(status.knowledge);
}

void WriteHeap(const Status& status, JsonWriter& json) {
  json.BeginObject();
  EachHeapField(status, FieldWriter(json));
  json.EndObject();
}

void WriteBudget(const Status& status, JsonWriter& json) {
  json.BeginObject();
  json.Key("cpu_fraction").Number(status.cpu_budget_fraction);
  json.Key("memory_bytes").Number(status.memory_budget_bytes);
  json.EndObject();
}

void WriteLimit(const LimitReading& limit, JsonWriter& json) {
  json.BeginObject();
  json.Key("name").String(limit.name);
  json.Key("unit").String(limit.unit == LimitUnit::kBytes ? "bytes" : "mappings");
  json.Key("limit").Number(limit.limit);
  json.Key("used").Number(limit.used);
  json.Key("available").Number(limit.available());
  json.Key("shared").Bool(limit.shared);
  json.EndObject();
}

void WriteAlarm(const AlarmEvent& alarm, JsonWriter& json) { WriteEvent(alarm, json, kMaxRecordFrames); }

void WriteTopSite(const SiteStatus& site, JsonWriter& json) {
  FixedText<16> key;
  key.AppendInteger(site.site_key, 16);
  json.BeginObject();
  json.Key("site").String(key.view());
  json.Key("id").String(site.id);
  json.Key("verdict").StringOrNull(site.verdict < VerdictClass::kSteady ? NameOf(site.verdict) : "");
  json.Key("severity").String(NameOf(site.severity));
  json.Key("onset").Time(site.onset_time_s);
  EachField(site, FieldWriter(json));
  if (!site.label.empty()) json.Key("label").String(site.label);
  json.Key("frames");
  WriteFrames(site.frames, json, kMaxRecordFrames);
  json.EndObject();
}

void WritePoint(const MemoryPoint& point, JsonWriter& json) {
  json.BeginArray();
  json.Number(point.time_s);
  json.Number(point.used_bytes);
  json.Number(std::round(point.live_bytes));
  if (point.limit_bytes > 0) {
    json.Number(point.limit_bytes);
  } else {
    json.Null();
  }
  json.EndArray();
}

// As many elements as leave `reserve` bytes free.
template <typename Element>
void WriteList(std::string_view name, const std::vector<Element>& elements, size_t reserve,
               void (*write)(const Element&, JsonWriter&), JsonWriter& json) {
  size_t written = 0;
  json.Key(name).BeginArray();
  for (const Element& element : elements) {
    const JsonWriter::Mark before = json.mark();
    write(element, json);
    if (!json.HasRoom(reserve)) {
      json.Rewind(before);
      break;
    }
    ++written;
  }
  json.EndArray();
  json.Key(std::string(name) + "_left_out").Number(elements.size() - written);
}

}  // namespace

void WriteStatus(const Status& status, TextBuffer& out) {
  JsonWriter json(out);
  json.BeginObject();
  WriteHead(status, json);
  json.Key("process");
  WriteObject(status.memory, json);
  json.Key("heap");
  WriteHeap(status, json);
  json.Key("health");
  WriteObject(status.health, json);
  json.Key("asked_sample_bytes").Number(status.asked_sample_bytes);
  json.Key("budget");
  WriteBudget(status, json);
  WriteList("history", status.history, kRoomForTheRest, WritePoint, json);
  WriteList("limits", status.limits, kRoomForTheRest, WriteLimit, json);
  WriteList("sinks", status.sinks, kRoomForTheRest, WriteObject, json);
  json.Key("alarms_crowded_out").Number(status.alarms_crowded_out);
  json.Key("suppressed").Number(status.suppressed);
  WriteList("alarms", status.alarms, kRoomForSites, WriteAlarm, json);
  WriteList("sites", status.top_sites, kRoomForTheEnd, WriteTopSite, json);
  json.EndObject();
}

}  // namespace headroom
