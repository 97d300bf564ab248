#include "alarm/sinks/dispatch.h"

#include <utility>

#include "alarm/text_buffer.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr size_t kMaxNameBytes = 400;

}  // namespace

Dispatch::Dispatch(std::vector<std::unique_ptr<AlarmSink>> sinks) {
  for (auto& sink : sinks) members_.push_back({std::move(sink)});
}

void Dispatch::Deliver(const AlarmEvent& event) {
  for (Member& member : members_) Learn(member, member.sink->Deliver(event), event.time_s);
}

void Dispatch::Retry(double time_s) {
  for (Member& member : members_) {
    const bool is_idle = member.way == Way::kWorks && !member.sink->HasWork(time_s);
    if (!is_idle) Learn(member, member.sink->Retry(time_s), time_s);
  }
}

std::vector<SinkStatus> Dispatch::status() const {
  std::vector<SinkStatus> all;
  for (const Member& member : members_) {
    const AlarmSink& sink = *member.sink;
    all.push_back({std::string(sink.name()), std::string(sink.last_error()), sink.waiting(), sink.lost()});
  }
  return all;
}

void Dispatch::Learn(Member& member, bool works, double time_s) {
  const Way now = works ? Way::kWorks : Way::kFails;
  const bool is_news = now != member.way && !(works && member.way == Way::kUntried);
  member.way = now;
  if (is_news) TellOthers(member, time_s);
}

void Dispatch::TellOthers(const Member& about, double time_s) {
  const Code code = about.way == Way::kWorks ? Code::kSinkWorksAgain : Code::kSinkFails;
  FixedText<kMaxNoteBytes> text;
  text.Append(about.way == Way::kWorks ? "alarms reach " : "alarms do not reach ");
  AppendPrintable(about.sink->name(), kMaxNameBytes, text);
  if (about.way == Way::kWorks) {
    text.Append(" again; messages lost so far: ");
    text.AppendInteger(about.sink->lost());
  } else {
    text.Append(": ");
    text.Append(about.sink->last_error());
  }
  for (Member& other : members_) {
    if (&other != &about) other.sink->Note(time_s, code, text.view());
  }
}

}  // namespace headroom
