#include "alarm/sinks/alert.h"

#include <unistd.h>

#include "alarm/blame.h"
#include "alarm/event_json.h"
#include "alarm/event_lines.h"
#include "alarm/event_text.h"
#include "alarm/json_writer.h"
#include "alarm/names.h"
#include "alarm/sinks/alarm_sink.h"

namespace headroom {
namespace {

// A note ends by itself: it tells of a moment.
constexpr double kNoteLastsS = 300;
constexpr size_t kMaxLabelBytes = 256;
constexpr size_t kMaxPartBytes = 12 * 1024;  // escapes of the longest description included

std::string_view AlertName(VerdictClass verdict) {
  switch (verdict) {
    case VerdictClass::kLeak:
      return "HeadroomLeak";
    case VerdictClass::kFilling:
      return "HeadroomFilling";
    case VerdictClass::kRetention:
      return "HeadroomRetention";
    default:
      return "HeadroomGrowth";
  }
}

void WriteNumberLabel(std::string_view name, int64_t value, JsonWriter& json) {
  FixedText<24> digits;
  digits.AppendInteger(value);
  json.Key(name).String(digits.view());
}

// A JSON object whose members `write` adds.
template <typename Write>
std::string Object(Write write) {
  FixedText<kMaxPartBytes> text;
  JsonWriter json(text);
  json.BeginObject();
  write(json);
  json.EndObject();
  return std::string(text.view());
}

std::string LabelsOf(const AlarmEvent& event, std::string_view instance) {
  return Object([&](JsonWriter& json) {
    json.Key("alertname").String(AlertName(event.verdict.verdict));
    WriteCode(CodeOf(event.verdict.verdict), json);
    json.Key("severity").String(NameOf(event.verdict.severity));
    json.Key("instance").String(instance);
    json.Key("program").String(event.program);
    WriteNumberLabel("pid", event.pid, json);
    json.Key("alarm_id").String(event.id);
    if (!event.label.empty()) json.Key("label").String(event.label);
    if (event.frames.empty()) return;
    FixedText<kMaxLabelBytes> function;
    AppendFrameName(event.frames[BlamedFrame(event.frames)], kMaxLabelBytes, function);
    json.Key("function").String(function.view());
  });
}

std::string AnnotationsOf(const AlarmEvent& event) {
  return Object([&](JsonWriter& json) {
    FixedText<kMaxEventTextBytes> text;
    AppendSubject(event, text);
    json.Key("summary").String(text.view());
    text.Clear();
    WriteEventText(event, text);
    json.Key("description").String(text.view(), 2 * kMaxEventTextBytes);
  });
}

}  // namespace

Alert AlertFor(const AlarmEvent& event, std::string_view instance) {
  return {event.id, LabelsOf(event, instance), AnnotationsOf(event), event.time_s, std::nullopt};
}

Alert AlertForNote(double time_s, Code code, std::string_view text, std::string_view instance) {
  const std::string labels = Object([&](JsonWriter& json) {
    json.Key("alertname").String("HeadroomNote");
    WriteCode(code, json);
    json.Key("severity").String("warning");
    json.Key("instance").String(instance);
    WriteNumberLabel("pid", getpid(), json);
    json.Key("note").String(text, kMaxNoteBytes);
  });
  const std::string annotations = Object([&](JsonWriter& json) { json.Key("summary").String(text, kMaxNoteBytes); });
  return {{}, labels, annotations, time_s, time_s + kNoteLastsS};
}

std::string AlertJson(const Alert& alert) {
  FixedText<128> times;
  JsonWriter json(times);
  json.BeginObject();
  json.Key("startsAt").Time(alert.starts_s);
  if (alert.ends_s) json.Key("endsAt").Time(*alert.ends_s);
  json.EndObject();
  return "{\"labels\":" + alert.labels + ",\"annotations\":" + alert.annotations + "," +
         std::string(times.view().substr(1));
}

}  // namespace headroom
