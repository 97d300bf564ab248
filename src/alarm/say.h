#ifndef HEADROOM_ALARM_SAY_H_
#define HEADROOM_ALARM_SAY_H_

#include <string>
#include <type_traits>

#include "alarm/text_buffer.h"

namespace headroom {

// What one of the functions of alarm/human.h appends for a value, as a string; at most 512 bytes.
template <typename Value>
std::string Say(void (*append)(Value, TextBuffer&), const std::type_identity_t<Value>& value) {
  FixedText<512> text;
  append(value, text);
  return std::string(text.view());
}

}  // namespace headroom

#endif  // HEADROOM_ALARM_SAY_H_
