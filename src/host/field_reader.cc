#include "host/field_reader.h"

#include <time.h>

#include <charconv>

namespace headroom {

const Json& At(const Json& object, const char* key) {
  static const Json null;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() ? null : *found;
}

std::string Text(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }
double Number(const Json& value) { return value.is_number() ? value.get<double>() : 0; }
uint64_t Count(const Json& value) { return value.is_number_unsigned() ? value.get<uint64_t>() : 0; }
bool Flag(const Json& value) { return value.is_boolean() && value.get<bool>(); }

double Time(const Json& value) {
  const std::string text = Text(value);
  tm fields{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &fields);
  if (rest == nullptr) return 0;
  double fraction_s = 0;
  std::from_chars(rest, text.c_str() + text.size(), fraction_s);
  return static_cast<double>(timegm(&fields)) + fraction_s;
}

Interval Estimate(const Json& value) {
  return {Number(At(value, "estimate")), Number(At(value, "low")), Number(At(value, "high"))};
}

}  // namespace headroom
