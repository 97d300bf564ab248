#include "config/option_types.h"

#include "config/text.h"

namespace headroom {
namespace {

template <typename Value>
std::optional<Value> Within(std::optional<Value> value, std::optional<Value> low, std::optional<Value> high) {
  if (!value || !low || !high || *value < *low || *value > *high) return std::nullopt;
  return value;
}

std::string RangeText(Bounds bounds) {
  return std::string("from ").append(bounds.low).append(" to ").append(bounds.high);
}

}  // namespace

std::optional<bool> FlagOption::Parse(std::string_view text, Bounds) noexcept { return ParseBool(text); }

std::string FlagOption::Takes(Bounds) { return "0 or 1 (also false, true, off, on, no, yes)"; }

std::optional<uint64_t> SizeOption::Parse(std::string_view text, Bounds bounds) noexcept {
  return Within(ParseSize(text), ParseSize(bounds.low), ParseSize(bounds.high));
}

std::string SizeOption::Takes(Bounds bounds) { return "a size " + RangeText(bounds) + " in B, KiB, MiB or GiB"; }

std::optional<std::chrono::nanoseconds> DurationOption::Parse(std::string_view text, Bounds bounds) noexcept {
  return Within(ParseDuration(text), ParseDuration(bounds.low), ParseDuration(bounds.high));
}

std::string DurationOption::Takes(Bounds bounds) { return "a duration " + RangeText(bounds) + " in ms, s, m, h or d"; }

std::optional<double> PercentOption::Parse(std::string_view text, Bounds bounds) noexcept {
  return Within(ParsePercent(text), ParsePercent(bounds.low), ParsePercent(bounds.high));
}

std::string PercentOption::Takes(Bounds bounds) { return "a percentage " + RangeText(bounds); }

std::optional<LimitOption::Value> LimitOption::Parse(std::string_view text, Bounds bounds) {
  if (EqualsIgnoringCase(text, "auto")) return Value();
  std::optional<uint64_t> bytes = SizeOption::Parse(text, bounds);
  if (!bytes) return std::nullopt;
  return Value(*bytes);
}

std::string LimitOption::Takes(Bounds bounds) { return "auto, or " + SizeOption::Takes(bounds); }

std::optional<AlarmOption::Value> AlarmOption::Parse(std::string_view text, Bounds) {
  Value sinks;
  for (size_t comma = 0; comma != std::string_view::npos;) {
    comma = text.find(',');
    std::optional<AlarmSinkSpec> sink = ParseSink(text.substr(0, comma));
    if (!sink) return std::nullopt;
    sinks.push_back(std::move(*sink));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return sinks;
}

std::string AlarmOption::Takes(Bounds) { return std::string(kSinksTaken); }

std::optional<RecorderSpec> RecorderOption::Parse(std::string_view text, Bounds) {
  using Kind = RecorderSpec::Kind;
  if (EqualsIgnoringCase(text, "auto")) return RecorderSpec{Kind::kAuto, {}};
  if (EqualsIgnoringCase(text, "off")) return RecorderSpec{Kind::kOff, {}};
  if (!IsFilePath(text)) return std::nullopt;
  return RecorderSpec{Kind::kPath, std::string(text)};
}

std::string RecorderOption::Takes(Bounds) { return "auto, off or the absolute path of a file"; }

std::optional<std::string> FileOption::Parse(std::string_view text, Bounds) {
  if (EqualsIgnoringCase(text, "none")) return std::string();
  if (!IsFilePath(text)) return std::nullopt;
  return std::string(text);
}

std::string FileOption::Takes(Bounds) { return "none or the absolute path of a file"; }

std::optional<DirectoryOption::Value> DirectoryOption::Parse(std::string_view text, Bounds) {
  if (EqualsIgnoringCase(text, "off")) return Value();
  text = text.substr(0, text.find_last_not_of('/') + 1);
  if (!IsFilePath(text)) return std::nullopt;
  return Value(text);
}

std::string DirectoryOption::Takes(Bounds) { return "off or the absolute path of a directory"; }

std::optional<LogLevel> LogOption::Parse(std::string_view text, Bounds) {
  constexpr std::string_view kNames[] = {"off", "error", "warning", "info", "debug"};
  int level = 0;
  for (std::string_view name : kNames) {
    if (EqualsIgnoringCase(text, name)) return static_cast<LogLevel>(level);
    ++level;
  }
  return std::nullopt;
}

std::string LogOption::Takes(Bounds) { return "off, error, warning, info or debug"; }

}  // namespace headroom
