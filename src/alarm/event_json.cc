#include "alarm/event_json.h"

#include <algorithm>

#include "alarm/names.h"

namespace headroom {
namespace {

void WriteExhaustion(const Exhaustion& exhaustion, JsonWriter& json) {
  json.BeginObject();
  json.Key("limit").StringOrNull(exhaustion.limit);
  json.Key("limit_bytes").Number(exhaustion.limit_bytes);
  json.Key("used_bytes").Number(exhaustion.used_bytes);
  json.Key("available_bytes").Number(exhaustion.available_bytes);
  json.Key("eta_s").EstimateOrNull(exhaustion.eta_s);
  json.EndObject();
}

void WriteFrame(const Frame& frame, JsonWriter& json) {
  json.BeginObject();
  json.Key("function").StringOrNull(frame.function);
  json.Key("file").StringOrNull(frame.file);
  json.Key("line");
  if (frame.line > 0) {
    json.Number(frame.line);
  } else {
    json.Null();
  }
  json.Key("module").StringOrNull(frame.module);
  json.Key("build_id").StringOrNull(frame.build_id);
  json.Key("offset").Number(frame.offset);
  json.EndObject();
}

void WriteSite(const AlarmEvent& event, JsonWriter& json, size_t max_frames) {
  json.BeginObject();
  json.Key("live_bytes").Number(event.verdict.live_bytes);
  json.Key("live_samples").Number(event.verdict.live_samples);
  json.Key("survivors").Number(event.verdict.survivors);
  json.Key("oldest_s").Number(event.verdict.oldest_s);
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
  for (size_t i = 0; i < std::min(frames.size(), max_frames); ++i) WriteFrame(frames[i], json);
  json.EndArray();
}

void WriteHealth(const Health& health, JsonWriter& json) {
  json.BeginObject();
  json.Key("sample_bytes").Number(health.sample_bytes);
  json.Key("samples_dropped").Number(health.samples_dropped);
  json.Key("sites_dropped").Number(health.sites_dropped);
  json.Key("unwind_failures").Number(health.unwind_failures);
  json.Key("cpu_fraction").Number(health.cpu_fraction);
  json.Key("agent_bytes").Number(health.agent_bytes);
  json.EndObject();
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
  WriteExhaustion(event.verdict.exhaustion, json);
  json.Key("site");
  WriteSite(event, json, max_frames);
  json.Key("health");
  WriteHealth(event.health, json);
  WriteCode(CodeOf(event.verdict.verdict), json);
  json.EndObject();
}

}  // namespace headroom
