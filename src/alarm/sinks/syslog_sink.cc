#include "alarm/sinks/syslog_sink.h"

#include <unistd.h>

#include <utility>

#include "alarm/event_text.h"
#include "alarm/human.h"
#include "alarm/sinks/local_datagram.h"
#include "alarm/sinks/log_priority.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr std::string_view kLineStart = "headroom: ";
constexpr size_t kMaxMessageBytes = kMaxEventTextBytes + 128;

// "May  1 17:22:03" of "2024-05-01 17:22:03 UTC".
void AppendStamp(double unix_s, TextBuffer& out) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  FixedText<32> utc;
  AppendUtc(unix_s, utc);
  const std::string_view text = utc.view();
  const size_t month = static_cast<size_t>((text[5] - '0') * 10 + (text[6] - '0'));
  out.Append(kMonths.substr(3 * (month - 1), 3));
  out.Append(text[8] == '0' ? "  " : " ");
  out.Append(text[8] == '0' ? text.substr(9, 1) : text.substr(8, 2));
  out.Append(text.substr(10, 9));
}

void AppendHead(int priority, double time_s, TextBuffer& out) {
  out.Append("<");
  out.AppendInteger(LOG_DAEMON | priority);
  out.Append(">");
  AppendStamp(time_s, out);
  out.Append(" headroom[");
  out.AppendInteger(getpid());
  out.Append("]: ");
}

std::string_view WithoutPadding(std::string_view line) {
  const size_t start = line.find_first_not_of(' ', kLineStart.size());
  return start == std::string_view::npos ? std::string_view() : line.substr(start);
}

// "time left   about 2 min" as "time left: about 2 min".
void AppendLabelled(std::string_view line, TextBuffer& out) {
  const size_t label_end = line.find("  ");
  const size_t value = line.find_first_not_of(' ', label_end);
  if (value == std::string_view::npos) return out.Append(line);
  out.Append(line.substr(0, label_end));
  out.Append(": ");
  out.Append(line.substr(value));
}

// The paragraph in one line: log daemons escape or cut at line ends.
void AppendOneLine(std::string_view paragraph, TextBuffer& out) {
  for (bool is_first = true; !paragraph.empty(); is_first = false) {
    const size_t end = paragraph.find('\n');
    if (!is_first) out.Append("; ");
    AppendLabelled(WithoutPadding(paragraph.substr(0, end)), out);
    paragraph.remove_prefix(end == std::string_view::npos ? paragraph.size() : end + 1);
  }
}

}  // namespace

SyslogSink::SyslogSink(std::string socket)
    : LocalLogSink("syslog", kMaxMessageBytes, std::move(socket), SendDatagram) {}

void SyslogSink::Render(const AlarmEvent& event, TextBuffer& message) const {
  FixedText<kMaxEventTextBytes> text;
  WriteEventText(event, text);
  AppendHead(LogPriorityOf(event), event.time_s, message);
  AppendOneLine(text.view(), message);
}

void SyslogSink::RenderNote(double time_s, Code code, std::string_view text, TextBuffer& message) const {
  AppendHead(kNotePriority, time_s, message);
  AppendPrintable(text, kMaxNoteBytes, message);
  AppendCodeMark(code, message);
}

}  // namespace headroom
