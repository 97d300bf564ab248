#include "alarm/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "alarm/human.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

std::string_view ShowEscaped(std::string_view character, char (&scratch)[8]) {
  constexpr char kHex[] = "0123456789abcdef";
  const auto code = static_cast<uint8_t>(character[0]);
  if (code == '"') return "\\\"";
  if (code == '\\') return "\\\\";
  if (code >= 0x20 && code != 0x7F) return character;
  const char escape[] = {'\\', 'u', '0', '0', kHex[code >> 4], kHex[code & 0xF]};
  std::memcpy(scratch, escape, sizeof(escape));
  return {scratch, sizeof(escape)};
}

double Rounded(double value) {
  if (std::fabs(value) >= 1e12) return value;
  const double steps = std::fabs(value) >= 1 ? 1e3 : 1e6;
  return std::round(value * steps) / steps + 0.0;  // + 0.0: no "-0"
}

}  // namespace

JsonWriter& JsonWriter::Open(std::string_view bracket) {
  Separate();
  out_.Append(bracket);
  after_value_ = false;
  return *this;
}

JsonWriter& JsonWriter::Close(std::string_view bracket) {
  out_.Append(bracket);
  after_value_ = true;
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view name) {
  Separate();
  out_.Append("\"");
  out_.Append(name);
  out_.Append("\":");
  after_value_ = false;
  return *this;
}

void JsonWriter::String(std::string_view text, size_t max_bytes) {
  Separate();
  out_.Append("\"");
  AppendUtf8(text, max_bytes, ShowEscaped, out_);
  out_.Append("\"");
}

void JsonWriter::StringOrNull(std::string_view text) {
  if (text.empty()) return Null();
  String(text);
}

void JsonWriter::Number(double value) {
  if (!std::isfinite(value)) return Null();
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), Rounded(value)).ptr;
  Literal({digits, static_cast<size_t>(end - digits)});
}

void JsonWriter::Estimate(const Interval& interval) {
  BeginObject();
  Key("estimate").Number(interval.estimate);
  Key("low").Number(interval.low);
  Key("high").Number(interval.high);
  EndObject();
}

void JsonWriter::EstimateOrNull(const std::optional<Interval>& interval) {
  if (interval) return Estimate(*interval);
  Null();
}

void JsonWriter::Time(double unix_s) {
  if (!std::isfinite(unix_s) || unix_s <= 0) return Null();
  Separate();
  out_.Append("\"");
  AppendRfc3339(unix_s, out_);
  out_.Append("\"");
}

void JsonWriter::Rewind(Mark mark) {
  out_.Rewind(mark.size);
  after_value_ = mark.after_value;
}

void JsonWriter::Literal(std::string_view text) {
  Separate();
  out_.Append(text);
}

void JsonWriter::Separate() {
  if (after_value_) out_.Append(",");
  after_value_ = true;
}

}  // namespace headroom
