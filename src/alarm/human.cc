#include "alarm/human.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace headroom {
namespace {

constexpr double kMinute = 60;
constexpr double kHour = 60 * kMinute;
constexpr double kDay = 24 * kHour;
constexpr double kMiB = 1024.0 * 1024.0;

// 12.4, 124, 0.5: one decimal below a hundred.
void AppendShort(double value, TextBuffer& out) {
  if (value >= 99.95) return out.AppendInteger(static_cast<int64_t>(std::llround(std::min(value, 1e18))));
  const int64_t tenths = std::llround(value * 10);
  out.AppendInteger(tenths / 10);
  out.Append(".");
  out.AppendInteger(tenths % 10);
}

void AppendPadded(int64_t value, size_t width, TextBuffer& out) {
  char digits[8];
  for (size_t at = width; at-- > 0; value /= 10) digits[at] = static_cast<char>('0' + value % 10);
  out.Append({digits, width});
}

struct RateUnit {
  double seconds;
  std::string_view suffix;
};

RateUnit RateUnitOf(double bytes_per_s) {
  const double per_hour = std::fabs(bytes_per_s) * kHour;
  if (per_hour >= 1024 * kMiB) return {1, "/s"};
  return per_hour >= kMiB ? RateUnit{kHour, "/h"} : RateUnit{kDay, "/day"};
}

void AppendRateIn(const RateUnit& unit, double bytes_per_s, TextBuffer& out) {
  AppendBytes(bytes_per_s * unit.seconds, out);
  if (std::isfinite(bytes_per_s)) out.Append(unit.suffix);
}

struct DurationUnit {
  double seconds;
  std::string_view name;
};

constexpr DurationUnit kDurationUnits[] = {{kDay, " d"}, {kHour, " h"}, {kMinute, " min"}, {1, " s"}};

// The largest unit that fits once, and the next one below where it is not zero.
void AppendTwoUnits(int64_t seconds, TextBuffer& out) {
  const auto* unit = kDurationUnits;
  while (seconds < unit->seconds) ++unit;
  const auto whole = static_cast<int64_t>(unit->seconds);
  out.AppendInteger(seconds / whole);
  out.Append(unit->name);
  if (++unit == std::end(kDurationUnits)) return;
  const int64_t rest = seconds % whole / static_cast<int64_t>(unit->seconds);
  if (rest == 0) return;
  out.Append(" ");
  out.AppendInteger(rest);
  out.Append(unit->name);
}

std::chrono::sys_time<std::chrono::milliseconds> Clamped(double unix_s) {
  constexpr double kEndOf9999 = 253402300799;
  const double clamped = std::isfinite(unix_s) ? std::clamp(unix_s, 0.0, kEndOf9999) : 0;
  return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(std::llround(clamped * 1000)));
}

template <typename Duration>
void AppendDateAndTime(std::chrono::sys_time<Duration> time, std::string_view between, TextBuffer& out) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  AppendPadded(static_cast<int>(date.year()), 4, out);
  out.Append("-");
  AppendPadded(static_cast<unsigned>(date.month()), 2, out);
  out.Append("-");
  AppendPadded(static_cast<unsigned>(date.day()), 2, out);
  out.Append(between);
  AppendPadded(clock.hours().count(), 2, out);
  out.Append(":");
  AppendPadded(clock.minutes().count(), 2, out);
  out.Append(":");
  AppendPadded(clock.seconds().count(), 2, out);
}

}  // namespace

void AppendBytes(double bytes, TextBuffer& out) {
  constexpr std::string_view kUnits[] = {" B", " KiB", " MiB", " GiB", " TiB", " PiB"};
  if (!std::isfinite(bytes)) return out.Append("an unknown amount");
  if (bytes <= -0.5) out.Append("-");
  double value = std::fabs(bytes);
  const auto* unit = kUnits;
  for (; value >= 999.5 && unit + 1 != std::end(kUnits); ++unit) value /= 1024;
  if (unit == kUnits) {
    out.AppendInteger(std::llround(value));
  } else {
    AppendShort(value, out);
  }
  out.Append(*unit);
}

void AppendDuration(double seconds, TextBuffer& out) {
  if (!std::isfinite(seconds) || seconds < 0) return out.Append("an unknown time");
  if (seconds < 1) {
    out.AppendInteger(std::llround(seconds * 1000));
    return out.Append(" ms");
  }
  if (seconds > 1000 * kDay) return out.Append("more than 1000 d");
  AppendTwoUnits(static_cast<int64_t>(seconds), out);
}

void AppendOneRate(double bytes_per_s, TextBuffer& out) { AppendRateIn(RateUnitOf(bytes_per_s), bytes_per_s, out); }

void AppendRate(const Interval& bytes_per_s, TextBuffer& out) {
  const RateUnit unit = RateUnitOf(bytes_per_s.estimate);
  out.Append("about ");
  AppendRateIn(unit, bytes_per_s.estimate, out);
  out.Append(" (");
  AppendRateIn(unit, bytes_per_s.low, out);
  out.Append(" to ");
  AppendRateIn(unit, bytes_per_s.high, out);
  out.Append(" with 80 % confidence)");
}

void AppendTimeLeft(const Interval& seconds, TextBuffer& out) {
  out.Append("about ");
  AppendDuration(seconds.estimate, out);
  out.Append(" (");
  AppendDuration(std::max(seconds.low, 0.0), out);
  if (std::isfinite(seconds.high)) {
    out.Append(" to ");
    AppendDuration(seconds.high, out);
    return out.Append(")");
  }
  out.Append(" or more)");
}

void AppendUtc(double unix_s, TextBuffer& out) {
  AppendDateAndTime(std::chrono::floor<std::chrono::seconds>(Clamped(unix_s)), " ", out);
  out.Append(" UTC");
}

void AppendRfc3339(double unix_s, TextBuffer& out) {
  const auto time = Clamped(unix_s);
  AppendDateAndTime(time, "T", out);
  out.Append(".");
  AppendPadded(time.time_since_epoch().count() % 1000, 3, out);
  out.Append("Z");
}

}  // namespace headroom
