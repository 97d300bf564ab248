#ifndef HEADROOM_ALARM_SINKS_LINE_QUEUE_H_
#define HEADROOM_ALARM_SINKS_LINE_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace headroom {

// Lines that wait for a sink to work again, oldest first. Bounded in number and bytes: the oldest is given up for the
// newest. Given up, too, is a line for which there is no memory. Both are counted.
class LineQueue {
 public:
  static constexpr size_t kMaxLines = 64;
  static constexpr size_t kMaxBytes = 512 * 1024;

  void Push(std::string_view line);
  void Pop();

  bool empty() const { return lines_.empty(); }
  size_t size() const { return lines_.size(); }
  std::string_view front() const { return lines_.front(); }
  uint64_t lost() const { return lost_; }

 private:
  std::deque<std::string> lines_;
  size_t bytes_ = 0;
  uint64_t lost_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_LINE_QUEUE_H_
