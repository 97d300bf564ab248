#ifndef HEADROOM_HOST_FIELD_READER_H_
#define HEADROOM_HOST_FIELD_READER_H_

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "series/interval.h"

namespace headroom {

// JSON that may be hostile, read with care: a value that is missing or of another type is the default of its type.
using Json = nlohmann::json;

// A member of an object, null where there is none.
const Json& At(const Json& object, const char* key);

std::string Text(const Json& value);
double Number(const Json& value);
uint64_t Count(const Json& value);
bool Flag(const Json& value);
double Time(const Json& value);  // Unix time of RFC 3339 in UTC, as the agent writes it: "2024-05-01T17:22:03.250Z"
Interval Estimate(const Json& value);

// Reads members by their type. What is missing or of another type leaves its member as it is.
class FieldReader {
 public:
  explicit FieldReader(const Json& object) : object_(object) {}

  void operator()(const char* name, std::string& text) const { text = Text(At(object_, name)); }
  void operator()(const char* name, double& number) const { number = Number(At(object_, name)); }
  void operator()(const char* name, uint64_t& count) const { count = Count(At(object_, name)); }
  void operator()(const char* name, Interval& interval) const { interval = Estimate(At(object_, name)); }
  void operator()(const char* name, std::optional<Interval>& interval) const {
    if (At(object_, name).is_object()) interval = Estimate(At(object_, name));
  }
  void Known(const char* name, std::integral auto& count) const {
    using Integer = std::remove_reference_t<decltype(count)>;
    constexpr auto kLargest = static_cast<uint64_t>(std::numeric_limits<Integer>::max());
    count = static_cast<Integer>(std::min(Count(At(object_, name)), kLargest));
  }

 private:
  const Json& object_;
};

template <typename Value>
Value ReadObject(const Json& object) {
  Value value;
  EachField(value, FieldReader(object));
  return value;
}

template <typename Element>
std::vector<Element> List(const Json& value, Element (*read)(const Json&)) {
  std::vector<Element> elements;
  if (value.is_array()) std::transform(value.begin(), value.end(), std::back_inserter(elements), read);
  return elements;
}

}  // namespace headroom

#endif  // HEADROOM_HOST_FIELD_READER_H_
