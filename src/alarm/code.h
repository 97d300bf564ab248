#ifndef HEADROOM_ALARM_CODE_H_
#define HEADROOM_ALARM_CODE_H_

#include <cstddef>

#include "alarm/text_buffer.h"
#include "forecast/verdict.h"

namespace headroom {

// What a message is about, for the runbook: codes.def.
enum class Code : int {
#define HEADROOM_CODE(NUMBER, name, title) k##name = NUMBER,
#include "alarm/codes.def"
};

// Of the alarm that a verdict raises.
constexpr Code CodeOf(VerdictClass verdict) {
  switch (verdict) {
    case VerdictClass::kLeak:
      return Code::kLeak;
    case VerdictClass::kFilling:
      return Code::kFilling;
    case VerdictClass::kRetention:
      return Code::kRetention;
    default:
      return Code::kUnattributed;
  }
}

// "HR-101".
inline void AppendCode(Code code, TextBuffer& out) {
  out.Append("HR-");
  out.AppendInteger(static_cast<int>(code));
}

// " [HR-101]", the end of a line for people.
inline constexpr size_t kMaxCodeMarkBytes = 16;
inline void AppendCodeMark(Code code, TextBuffer& out) {
  out.Append(" [");
  AppendCode(code, out);
  out.Append("]");
}

}  // namespace headroom

#endif  // HEADROOM_ALARM_CODE_H_
