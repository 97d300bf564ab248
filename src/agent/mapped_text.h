#ifndef HEADROOM_AGENT_MAPPED_TEXT_H_
#define HEADROOM_AGENT_MAPPED_TEXT_H_

#include <cstring>
#include <string_view>

#include "dump/byte_sink.h"
#include "hot/os/os.h"

namespace headroom {

// Text that the agent's thread hands to another: in a mapping of its own, because the agent's heap is for its thread alone.
class MappedText : public ByteSink {
 public:
  MappedText() = default;
  ~MappedText() override {
    if (memory_ != nullptr) hot::Unmap(memory_, capacity_);
  }
  MappedText(const MappedText&) = delete;
  MappedText& operator=(const MappedText&) = delete;

  // Once, for that much text at most. False where there is no memory.
  bool Map(size_t capacity) {
    memory_ = static_cast<char*>(hot::MapZeroed(capacity));
    capacity_ = capacity;
    return memory_ != nullptr;
  }

  bool Append(std::string_view bytes) override {
    if (bytes.size() > capacity_ - size_) return false;
    std::memcpy(memory_ + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
    return true;
  }

  char* data() const { return memory_; }
  std::string_view view() const { return {memory_, size_}; }

 private:
  char* memory_ = nullptr;
  size_t capacity_ = 0;
  size_t size_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_MAPPED_TEXT_H_
