#include "alarm/sinks/journald_sink.h"

#include <concepts>
#include <utility>

#include "alarm/blame.h"
#include "alarm/event_json.h"
#include "alarm/event_text.h"
#include "alarm/names.h"
#include "alarm/sinks/journal_socket.h"
#include "alarm/sinks/log_priority.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr size_t kMaxValueBytes = 256;
constexpr size_t kMaxFieldsBytes = 4096;  // all but the text and the event as JSON
constexpr size_t kMaxMessageBytes = kMaxFieldsBytes + kMaxEventTextBytes + kMaxEventJsonBytes;

// NAME=VALUE lines; a name in capitals.
class Fields {
 public:
  explicit Fields(TextBuffer& out) : out_(out) {}

  void Word(std::string_view name, std::string_view value) {
    Begin(name);
    AppendPrintable(value, kMaxValueBytes, out_);
    out_.Append("\n");
  }
  void Number(std::string_view name, std::integral auto value) {
    Begin(name);
    out_.AppendInteger(value);
    out_.Append("\n");
  }
  void Mark(Code code) {
    Begin("HEADROOM_CODE");
    AppendCode(code, out_);
    out_.Append("\n");
  }
  void Json(std::string_view name, const AlarmEvent& event) {
    Begin(name);
    JsonWriter json(out_);
    WriteEvent(event, json);
    out_.Append("\n");
  }
  // A value of several lines goes with its length in eight bytes, the lowest first.
  void Text(std::string_view name, std::string_view value) {
    out_.Append(name);
    out_.Append("\n");
    for (int shift = 0; shift < 64; shift += 8) {
      const char byte = static_cast<char>(static_cast<uint64_t>(value.size()) >> shift);
      out_.Append({&byte, 1});
    }
    out_.Append(value);
    out_.Append("\n");
  }

 private:
  void Begin(std::string_view name) {
    out_.Append(name);
    out_.Append("=");
  }

  TextBuffer& out_;
};

void WriteHead(std::string_view message_id, int priority, Code code, Fields& fields) {
  fields.Number("PRIORITY", priority);
  fields.Word("MESSAGE_ID", message_id);
  fields.Word("SYSLOG_IDENTIFIER", "headroom");
  fields.Mark(code);
}

void WriteSearchFields(const AlarmEvent& event, Fields& fields) {
  fields.Word("HEADROOM_STATE", NameOf(event.state));
  fields.Word("HEADROOM_SEVERITY", NameOf(event.verdict.severity));
  fields.Word("HEADROOM_VERDICT", NameOf(event.verdict.verdict));
  fields.Word("HEADROOM_ID", event.id);
  fields.Word("HEADROOM_PROGRAM", event.program);
  fields.Number("HEADROOM_PID", event.pid);
  if (!event.label.empty()) fields.Word("HEADROOM_LABEL", event.label);
  if (event.frames.empty()) return;
  FixedText<kMaxValueBytes> function;
  AppendFrameName(event.frames[BlamedFrame(event.frames)], kMaxValueBytes, function);
  fields.Word("HEADROOM_FUNCTION", function.view());
}

void WriteFigures(const AlarmEvent& event, Fields& fields) {
  fields.Number("HEADROOM_GROWTH_BYTES_PER_S", static_cast<int64_t>(event.verdict.growth_bytes_per_s.estimate));
  const Exhaustion& end = event.verdict.exhaustion;
  if (!end.limit.empty()) fields.Word("HEADROOM_LIMIT", end.limit);
  if (end.eta_s) fields.Number("HEADROOM_ETA_S", static_cast<int64_t>(end.eta_s->estimate));
}

}  // namespace

JournaldSink::JournaldSink(std::string socket)
    : LocalLogSink("journald", kMaxMessageBytes, std::move(socket), SendToJournal) {}

void JournaldSink::Render(const AlarmEvent& event, TextBuffer& message) const {
  FixedText<kMaxEventTextBytes> text;
  WriteEventText(event, text);
  Fields fields(message);
  fields.Text("MESSAGE", text.view().substr(0, text.size() - 1));
  WriteHead(kAlarmMessageId, LogPriorityOf(event), CodeOf(event.verdict.verdict), fields);
  WriteSearchFields(event, fields);
  WriteFigures(event, fields);
  fields.Json("HEADROOM_EVENT", event);
}

void JournaldSink::RenderNote(double, Code code, std::string_view text, TextBuffer& message) const {
  Fields fields(message);
  FixedText<kMaxNoteBytes + kMaxCodeMarkBytes> line;
  AppendPrintable(text, kMaxNoteBytes, line);
  AppendCodeMark(code, line);
  fields.Text("MESSAGE", line.view());
  WriteHead(kNoteMessageId, kNotePriority, code, fields);
}

}  // namespace headroom
