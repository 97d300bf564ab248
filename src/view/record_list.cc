#include "view/record_list.h"

#include <algorithm>
#include <string>

#include "alarm/names.h"
#include "view/headline.h"
#include "view/words.h"

namespace headroom {
namespace {

constexpr size_t kPidCells = 8, kProgramCells = 16, kStandingCells = 12, kMemoryCells = 22, kTimeCells = 12;

std::string_view StandingWords(Standing standing) {
  constexpr std::string_view kWords[] = {"watched", "NOT ARMED", "NOT TICKING", "ENDED", "ENDED"};
  return kWords[static_cast<int>(standing)];
}

std::string MemoryWords(const Status& status) {
  const LimitReading* limit = NearestLimit(status);
  if (limit == nullptr) return BytesWords(static_cast<double>(status.memory.rss_anon_bytes));
  return AmountWords(*limit, limit->used) + " of " + AmountWords(*limit, limit->limit);
}

std::string TimeLeftCell(const Status& status) {
  const std::optional<End> end = NearestEnd(status);
  return end ? DurationWords(std::max(end->eta_s.estimate, 0.0)) : "-";
}

std::string AlarmCell(const Status& status) {
  if (status.alarms.empty()) return "-";
  const AlarmEvent& worst = status.alarms.front();
  return std::string(NameOf(worst.verdict.severity)) + " " + std::string(NameOf(worst.verdict.verdict)) + ": " +
         BlamedWords(worst.frames);
}

std::string Row(const std::string& pid, const std::string& program, std::string_view standing,
                const std::string& memory, const std::string& time_left, const std::string& alarm) {
  return PadLeft(pid, kPidCells) + "  " + PadRight(CutText(program, kProgramCells), kProgramCells) + "  " +
         PadRight(std::string(standing), kStandingCells) + "  " + PadLeft(memory, kMemoryCells) + "  " +
         PadLeft(time_left, kTimeCells) + "  " + alarm;
}

Look LookOf(const HostProcess& process) {
  const std::vector<AlarmEvent>& alarms = process.status().alarms;
  const Severity worst = alarms.empty() ? Severity::kNone : alarms.front().verdict.severity;
  if (worst == Severity::kCritical) return Look::kAlarm;
  return worst == Severity::kWarning || process.standing != Standing::kWatched ? Look::kWarning : Look::kPlain;
}

Line LineOf(const HostProcess& process) {
  const Status& status = process.status();
  return {Row(std::to_string(status.pid), PrintableWords(status.program), StandingWords(process.standing),
              MemoryWords(status), TimeLeftCell(status), AlarmCell(status)),
          LookOf(process)};
}

Line LineOf(const RefusedRecord& refused) {
  return {PadLeft("-", kPidCells) + "  " + PrintableWords(refused.path) + ": " + PrintableWords(refused.complaint),
          Look::kWarning};
}

}  // namespace

Screen RecordList(const HostView& host, size_t width) {
  Screen screen = {Line(Row("PID", "PROGRAM", "STATE", "MEMORY", "TIME LEFT", "WORST ALARM"), Look::kBar)};
  for (const HostProcess& process : host.processes) screen.push_back(LineOf(process));
  for (const RefusedRecord& refused : host.refused) screen.push_back(LineOf(refused));
  for (Line& line : screen) line = line.CutAt(width);
  return screen;
}

}  // namespace headroom
