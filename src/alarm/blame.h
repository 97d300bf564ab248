#ifndef HEADROOM_ALARM_BLAME_H_
#define HEADROOM_ALARM_BLAME_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "alarm/event.h"
#include "alarm/text_buffer.h"

namespace headroom {

// Whether the frame is the program's own work, named or not, and not the C or C++ runtime's, nor code of which nothing
// is known.
bool IsOwnWork(const Frame& frame);

// Index of the frame that a person would call guilty: the innermost of own work; 0 where there is none.
size_t BlamedFrame(const std::vector<Frame>& frames);

// "ns::Queue<int>::Push" of "void ns::Queue<int>::Push(int const&) const": return type and parameters left out. A name
// that is not C++ comes back as it is.
std::string_view BareName(std::string_view function);

// The frame in few words: its bare name, else "module+0x1f30", else "an unknown function". Printable.
void AppendFrameName(const Frame& frame, size_t max_bytes, TextBuffer& out);

// The last part of a path.
std::string_view BaseName(std::string_view path);

}  // namespace headroom

#endif  // HEADROOM_ALARM_BLAME_H_
