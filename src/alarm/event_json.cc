#include "alarm/event_json.h"

#include <algorithm>

#include "alarm/event_fields.h"
#include "alarm/names.h"

namespace headroom {
namespace {

void WriteSite(const AlarmEvent& event, JsonWriter& json, size_t max_frames) {
  json.BeginObject();
  EachField(event.verdict, FieldWriter(json));
  if (!event.label.empty()) json.Key("label").String(event.label);
  json.Key("frames");
  WriteFrames(event.frames, json, max_frames);
  json.EndObject();
}

}  // namespace

void WriteCode(Code code, JsonWriter& json) {
  FixedText<kMaxCodeMarkBytes> text;
  AppendCode(code, text);
  json.Key("code").String(text.view());
}

void WriteFrames(const std::vector<Frame>& frames, JsonWriter& json, size_t max_frames) {
  json.BeginArray();
  for (size_t i = 0; i < std::min(frames.size(), max_frames); ++i) WriteObject(frames[i], json);
  json.EndArray();
}

void WriteEvent(const AlarmEvent& event, JsonWriter& json, size_t max_frames) {
  json.BeginObject();
  json.Key("event").String("alarm");
  json.Key("state").String(NameOf(event.state));
  json.Key("severity").String(NameOf(event.verdict.severity));
  json.Key("verdict").String(NameOf(event.verdict.verdict));
  json.Key("id").String(event.id);
  json.Key("time").Time(event.time_s);
  json.Key("time_s").Number(event.time_s);
  json.Key("onset").Time(event.verdict.onset_time_s);
  json.Key("program").String(event.program);
  json.Key("pid").Number(event.pid);
  json.Key("uptime_s").Number(event.uptime_s);
  json.Key("growth_bytes_per_s").Estimate(event.verdict.growth_bytes_per_s);
  json.Key("exhaustion");
  WriteObject(event.verdict.exhaustion, json);
  json.Key("site");
  WriteSite(event, json, max_frames);
  json.Key("health");
  WriteObject(event.health, json);
  WriteCode(CodeOf(event.verdict.verdict), json);
  json.EndObject();
}

}  // namespace headroom
