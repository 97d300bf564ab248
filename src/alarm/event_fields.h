#ifndef HEADROOM_ALARM_EVENT_FIELDS_H_
#define HEADROOM_ALARM_EVENT_FIELDS_H_

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "alarm/event.h"
#include "alarm/json_writer.h"

namespace headroom {

// The members of a value under their names in JSON, one list for what writes them and what reads them again.
// EachField(value, visit) calls visit(name, member) in order, and visit.Known(name, member) where 0 means unknown.
template <typename Value, typename Of>
concept ConstOrNot = std::same_as<std::remove_const_t<Value>, Of>;

template <ConstOrNot<Health> Value, typename Visit>
void EachField(Value& health, const Visit& visit) {
  visit("sample_bytes", health.sample_bytes);
  visit("samples_dropped", health.samples_dropped);
  visit("sites_dropped", health.sites_dropped);
  visit("unwind_failures", health.unwind_failures);
  visit("cpu_fraction", health.cpu_fraction);
  visit("agent_bytes", health.agent_bytes);
}

template <ConstOrNot<Exhaustion> Value, typename Visit>
void EachField(Value& exhaustion, const Visit& visit) {
  visit("limit", exhaustion.limit);
  visit("limit_bytes", exhaustion.limit_bytes);
  visit("used_bytes", exhaustion.used_bytes);
  visit("available_bytes", exhaustion.available_bytes);
  visit("eta_s", exhaustion.eta_s);
}

template <ConstOrNot<Frame> Value, typename Visit>
void EachField(Value& frame, const Visit& visit) {
  visit("function", frame.function);
  visit("file", frame.file);
  visit.Known("line", frame.line);
  visit("module", frame.module);
  visit("build_id", frame.build_id);
  visit("offset", frame.offset);
}

// What an event's "site" says in numbers.
template <ConstOrNot<Verdict> Value, typename Visit>
void EachField(Value& verdict, const Visit& visit) {
  visit("live_bytes", verdict.live_bytes);
  visit("live_samples", verdict.live_samples);
  visit("survivors", verdict.survivors);
  visit("oldest_s", verdict.oldest_s);
}

// Writes members as what they are; an empty text and an absent estimate are null.
class FieldWriter {
 public:
  explicit FieldWriter(JsonWriter& json) : json_(json) {}

  void operator()(std::string_view name, const std::string& text) const { json_.Key(name).StringOrNull(text); }
  void operator()(std::string_view name, const Interval& interval) const { json_.Key(name).Estimate(interval); }
  void operator()(std::string_view name, const std::optional<Interval>& interval) const {
    json_.Key(name).EstimateOrNull(interval);
  }
  template <typename Number>
  requires std::is_arithmetic_v<Number>
  void operator()(std::string_view name, Number number) const { json_.Key(name).Number(number); }
  void Known(std::string_view name, std::integral auto number) const {
    json_.Key(name);
    number > 0 ? json_.Number(number) : json_.Null();
  }

 private:
  JsonWriter& json_;
};

// All members as one object.
template <typename Value>
void WriteObject(const Value& value, JsonWriter& json) {
  json.BeginObject();
  EachField(value, FieldWriter(json));
  json.EndObject();
}

}  // namespace headroom

#endif  // HEADROOM_ALARM_EVENT_FIELDS_H_
