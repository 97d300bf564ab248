#include "alarm/sinks/line_queue.h"

#include <new>

namespace headroom {

void LineQueue::Push(std::string_view line) {
  try {
    lines_.emplace_back(line);
  } catch (const std::bad_alloc&) {
    ++lost_;
    return;
  }
  bytes_ += line.size();
  for (; lines_.size() > kMaxLines || bytes_ > kMaxBytes; ++lost_) Pop();
}

void LineQueue::Pop() {
  bytes_ -= lines_.front().size();
  lines_.pop_front();
}

}  // namespace headroom
