#ifndef HEADROOM_AGENT_MAPPED_TEXT_H_
#define HEADROOM_AGENT_MAPPED_TEXT_H_

#include <cstring>
#include <string_view>

#include "hot/os/os.h"

namespace headroom {

// Text that the agent's thread hands to another: in a mapping of its own, because the agent's heap is for its thread alone.
class MappedText {
 public:
  MappedText() = default;
  ~MappedText() {
    if (memory_ != nullptr) hot::Unmap(memory_, bytes_);
  }
  MappedText(const MappedText&) = delete;
  MappedText& operator=(const MappedText&) = delete;

  // Once. False where there is no memory.
  bool Map(size_t bytes) {
    memory_ = static_cast<char*>(hot::MapZeroed(bytes));
    bytes_ = bytes;
    return memory_ != nullptr;
  }
  bool Hold(std::string_view text) {
    if (!Map(text.size())) return false;
    std::memcpy(memory_, text.data(), text.size());
    return true;
  }

  char* data() const { return memory_; }
  std::string_view view() const { return {memory_, bytes_}; }

 private:
  char* memory_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_MAPPED_TEXT_H_
