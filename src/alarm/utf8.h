#ifndef HEADROOM_ALARM_UTF8_H_
#define HEADROOM_ALARM_UTF8_H_

#include <cstddef>
#include <string_view>

#include "alarm/text_buffer.h"

namespace headroom {

// Length in bytes of the valid UTF-8 sequence that `text` (not empty) begins with; 0 where it begins with none.
size_t Utf8Length(std::string_view text);

// How one character is shown: gets a valid sequence, returns it or a replacement (static, or written to the scratch).
// Is not asked about printable ASCII but '"' and '\\', which is shown as it is.
using ShowCharacter = std::string_view (*)(std::string_view character, char (&scratch)[8]);

// Appends any bytes as valid UTF-8 of at most `max_bytes` (>= 3): each character as `show` says, each byte that is not
// UTF-8 as U+FFFD. What does not fit is cut between characters and an ellipsis says so.
void AppendUtf8(std::string_view text, size_t max_bytes, ShowCharacter show, TextBuffer& out);

// AppendUtf8 for a terminal or a log: control characters become '?', so that no name can forge a line or move the
// cursor.
void AppendPrintable(std::string_view text, size_t max_bytes, TextBuffer& out);

}  // namespace headroom

#endif  // HEADROOM_ALARM_UTF8_H_
