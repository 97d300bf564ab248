#ifndef HEADROOM_ALARM_JSON_WRITER_H_
#define HEADROOM_ALARM_JSON_WRITER_H_

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

#include "alarm/text_buffer.h"
#include "series/interval.h"

namespace headroom {

// Writes compact JSON into a TextBuffer: valid for any bytes in strings and any number, without allocation. The caller
// nests rightly and gives each object key its value; a buffer that overflowed holds no whole document.
class JsonWriter {
 public:
  explicit JsonWriter(TextBuffer& out) : out_(out) {}

  JsonWriter& BeginObject() { return Open("{"); }
  JsonWriter& EndObject() { return Close("}"); }
  JsonWriter& BeginArray() { return Open("["); }
  JsonWriter& EndArray() { return Close("]"); }
  JsonWriter& Key(std::string_view name);  // a literal of the format: plain ASCII

  // At most `max_bytes` between the quotes, escapes included; a longer text ends in an ellipsis.
  void String(std::string_view text, size_t max_bytes = kMaxStringBytes);
  void StringOrNull(std::string_view text);  // empty = unknown = null
  void Number(double value);                 // to a thousandth (below 1: a millionth); null where not finite
  void Number(std::integral auto value) {
    Separate();
    out_.AppendInteger(value);
  }
  void Bool(bool value) { Literal(value ? "true" : "false"); }
  void Null() { Literal("null"); }
  void Estimate(const Interval& interval);  // {"estimate", "low", "high"}
  void EstimateOrNull(const std::optional<Interval>& interval);
  void Time(double unix_s);                 // RFC 3339 UTC to the millisecond; null where unknown (not above 0)

  // Where the document stands between two elements, so that an element that turned out too long is taken back whole.
  struct Mark {
    size_t size;
    bool after_value;
  };
  Mark mark() const { return {out_.size(), after_value_}; }
  void Rewind(Mark mark);
  // Whether nothing was lost so far and `reserve` bytes are still free.
  bool HasRoom(size_t reserve) const { return !out_.overflowed() && out_.room() >= reserve; }

  static constexpr size_t kMaxStringBytes = 256;

 private:
  JsonWriter& Open(std::string_view bracket);
  JsonWriter& Close(std::string_view bracket);
  void Literal(std::string_view text);
  void Separate();  // a comma, unless this is the first of its container or the value of a key

  TextBuffer& out_;
  bool after_value_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_JSON_WRITER_H_
