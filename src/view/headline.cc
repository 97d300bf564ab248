#include "view/headline.h"

#include <algorithm>

#include "alarm/code.h"
#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "host/standing.h"
#include "view/words.h"

namespace headroom {
namespace {

constexpr size_t kLabelCells = 11;

Line Row(std::string_view label, std::string words, Look look = Look::kPlain) {
  Line line(PadRight(std::string(label), kLabelCells), Look::kDim);
  line.Add(std::move(words), look);
  return line;
}

std::string NameOfProcess(const Status& status) {
  return PrintableWords(status.program) + " (pid " + std::to_string(status.pid) + ")";
}

std::string UptimeWords(const Status& status) {
  const bool is_known = status.start_time_s > 0 && status.time_s >= status.start_time_s;
  return is_known ? ", up " + DurationWords(status.time_s - status.start_time_s) : "";
}

Line FirstLine(const Status& status, const Viewing& viewing) {
  Line line(NameOfProcess(status), Look::kBold);
  line.Add(UptimeWords(status) + "  ");
  if (!status.armed) {
    line.Add("NOT ARMED: " + PrintableWords(status.armed_reason), Look::kAlarm);
    return line;
  }
  const bool is_silent = viewing.process_is_gone || IsLate(status, viewing.now_s);
  line.Add(is_silent ? "" : "tick ", Look::kDim);
  line.Add(TickWords(status, viewing), is_silent ? Look::kAlarm : Look::kDim);
  return line;
}

Line MemoryLine(const Status& status) {
  const LimitReading* limit = NearestLimit(status);
  const double resident = static_cast<double>(status.memory.rss_anon_bytes);
  if (limit == nullptr) return Row("memory", BytesWords(resident) + " resident; no limit was found");
  const double share = limit->limit > 0 ? static_cast<double>(limit->used) / static_cast<double>(limit->limit) : 0;
  const Look look = share > 0.9 ? Look::kAlarm : share > 0.75 ? Look::kWarning : Look::kPlain;
  return Row("memory",
             AmountWords(*limit, limit->used) + " of " + AmountWords(*limit, limit->limit) + " (" +
                 std::to_string(static_cast<int>(std::min(share, 9.99) * 100)) + " %), " +
                 AmountWords(*limit, limit->available()) + " left until " + PrintableWords(LimitWords(limit->name)) +
                 (limit->shared ? ", shared with others" : ""),
             look);
}

Look LookOf(Severity severity) {
  if (severity == Severity::kCritical) return Look::kAlarm;
  return severity == Severity::kWarning ? Look::kWarning : Look::kBold;
}

Line TimeLine(const Status& status) {
  const std::optional<End> end = NearestEnd(status);
  const Look look = status.alarms.empty() ? Look::kPlain : LookOf(status.alarms.front().verdict.severity);
  if (end) {
    const std::string until = end->limit.empty() ? "" : " until " + PrintableWords(LimitWords(end->limit));
    return Row("time left", Say(AppendTimeLeft, end->eta_s) + until, look);
  }
  return Row("time left", status.alarms.empty() ? "no growth is proven" : "not known", look);
}

Line AlarmLine(const Status& status) {
  if (status.alarms.empty()) return Row("alarms", "none");
  const AlarmEvent& worst = status.alarms.front();
  const uint64_t more = status.alarms.size() - 1 + status.alarms_crowded_out;
  FixedText<kMaxCodeMarkBytes> code;
  AppendCodeMark(CodeOf(worst.verdict.verdict), code);
  return Row("alarms",
             std::string(NameOf(worst.verdict.severity)) + " " + std::string(NameOf(worst.verdict.verdict)) + ": " +
                 BlamedWords(worst.frames) + std::string(code.view()) +
                 (more > 0 ? " and " + std::to_string(more) + " more" : ""),
             LookOf(worst.verdict.severity));
}

std::string MissedWords(const Health& health) {
  const uint64_t missed = health.samples_dropped + health.sites_dropped + health.unwind_failures;
  return missed == 0 ? "" : "; missed " + std::to_string(missed) + " samples or call stacks";
}

Line HeapLine(const Status& status) {
  return Row("heap", "about " + BytesWords(status.live_bytes) + " live from " + std::to_string(status.sites) +
                         " call stacks (" + std::to_string(status.live_samples) + " samples" + SamplingWords(status) +
                         ")");
}

Line CostLine(const Status& status) {
  return Row("agent", PercentWords(status.health.cpu_fraction) + " of a processor, " +
                          BytesWords(static_cast<double>(status.health.agent_bytes)) + MissedWords(status.health));
}

void AddFailures(const Status& status, const Viewing& viewing, Screen& lines) {
  for (const SinkStatus& sink : status.sinks) {
    if (sink.error.empty()) continue;
    lines.push_back(Row("sink", PrintableWords(sink.name) + " FAILS: " + PrintableWords(sink.error), Look::kWarning));
  }
  if (!viewing.trouble.empty()) lines.push_back(Row("record", PrintableWords(viewing.trouble), Look::kAlarm));
}

}  // namespace

const LimitReading* NearestLimit(const Status& status) {
  const std::optional<End> end = NearestEnd(status);
  const LimitReading* nearest = nullptr;
  for (const LimitReading& limit : status.limits) {
    if (end && limit.name == end->limit) return &limit;
    if (limit.unit != LimitUnit::kBytes) continue;
    if (nearest == nullptr || limit.available() < nearest->available()) nearest = &limit;
  }
  return nearest;
}

std::optional<End> NearestEnd(const Status& status) {
  for (const AlarmEvent& alarm : status.alarms) {
    const Exhaustion& exhaustion = alarm.verdict.exhaustion;
    if (exhaustion.eta_s) return End{*exhaustion.eta_s, exhaustion.limit};
  }
  std::optional<End> nearest;
  for (const SiteStatus& site : status.top_sites) {
    if (!site.eta_s) continue;
    if (!nearest || site.eta_s->estimate < nearest->eta_s.estimate) nearest = End{*site.eta_s, ""};
  }
  return nearest;
}

Screen Headline(const Status& status, const Viewing& viewing) {
  Screen lines = {FirstLine(status, viewing), MemoryLine(status), TimeLine(status),
                  AlarmLine(status),          HeapLine(status),   CostLine(status)};
  AddFailures(status, viewing, lines);
  return lines;
}

}  // namespace headroom
