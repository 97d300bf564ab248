#include "serve/alarm_sentence.h"

#include "alarm/names.h"
#include "serve/words.h"

namespace headroom {

void WriteAlarmSentence(const AlarmEvent& alarm, bool is_running, Html& page) {
  const Exhaustion& end = alarm.verdict.exhaustion;
  page.Raw("<p><b>").Text(BlameWords(alarm.frames)).Raw("</b>");
  WriteLabel(alarm.label, page);
  page.Raw(" ").Text(NameOf(alarm.verdict.verdict)).Raw(": ");
  page.Text(Say(AppendRate, alarm.verdict.growth_bytes_per_s));
  if (!is_running) return void(page.Raw(" when the process died.</p>"));
  if (end.eta_s) {
    page.Raw(". Left: ").Text(Say(AppendTimeLeft, *end.eta_s)).Raw(" until ").Text(LimitWords(end.limit));
  } else {
    page.Raw(". No end in sight");
  }
  page.Raw(".</p>");
}

void WriteLabel(const std::string& label, Html& page) {
  if (!label.empty()) page.Raw(" for ").Text(label);
}

}  // namespace headroom
