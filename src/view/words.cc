#include "view/words.h"

#include <algorithm>
#include <cstdint>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/say.h"
#include "alarm/utf8.h"
#include "host/standing.h"

namespace headroom {
namespace {

constexpr size_t kMaxTextBytes = 240;

std::string LeftOutWords(const Status& status) {
  if (status.look_every_s <= status.interval_s) return "";
  return "; looks each " + DurationWords(status.look_every_s) + " to stay within the budget";
}

}  // namespace

std::string BytesWords(double bytes) { return Say(AppendBytes, bytes); }

std::string DurationWords(double seconds) { return Say(AppendDuration, seconds); }

std::string ShortDurationWords(double seconds) {
  std::string words = DurationWords(seconds);
  const size_t unit_end = words.find(' ', words.find(' ') + 1);
  const bool begins_with_number = words.front() >= '0' && words.front() <= '9';
  return begins_with_number ? words.substr(0, unit_end) : words;
}

std::string PrintableWords(std::string_view raw) {
  FixedText<kMaxTextBytes> text;
  AppendPrintable(raw, kMaxTextBytes, text);
  return std::string(text.view());
}

std::string PercentWords(double fraction) {
  const auto hundredths = static_cast<int64_t>(std::clamp(fraction, 0.0, 1e6) * 1e4 + 0.5);
  const std::string rest = std::to_string(100 + hundredths % 100).substr(1);
  return std::to_string(hundredths / 100) + "." + rest + " %";
}

std::string FrameWords(const Frame& frame) {
  FixedText<512> text;
  AppendFrameName(frame, kMaxTextBytes, text);
  return std::string(text.view());
}

std::string BlamedWords(const std::vector<Frame>& frames) {
  return frames.empty() ? "the whole process" : FrameWords(frames[BlamedFrame(frames)]);
}

std::string LabelWords(const std::string& label) { return label.empty() ? "" : " for " + PrintableWords(label); }

std::string AmountWords(const LimitReading& limit, uint64_t amount) {
  return limit.unit == LimitUnit::kBytes ? BytesWords(static_cast<double>(amount)) : std::to_string(amount);
}

std::string TickWords(const Status& status, const Viewing& viewing) {
  const std::string when = DurationWords(std::max(viewing.now_s - status.time_s, 0.0)) + " ago (tick " +
                           std::to_string(status.tick) + ", one every " + DurationWords(status.interval_s) +
                           LeftOutWords(status) + ")";
  if (viewing.process_is_gone) return "THE PROCESS IS GONE: the last was " + when;
  return IsLate(status, viewing.now_s) ? "NOT TICKING: the last was " + when : when;
}

std::string SamplingWords(const Status& status) {
  const uint64_t in_force = status.health.sample_bytes, asked = status.asked_sample_bytes;
  if (in_force <= 1) return "";
  const std::string words = ", one in " + BytesWords(static_cast<double>(in_force));
  if (asked == 0 || asked >= in_force) return words;
  return words + " instead of " + BytesWords(static_cast<double>(asked)) + " to stay within the budgets";
}

}  // namespace headroom
