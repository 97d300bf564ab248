#ifndef HEADROOM_ANALYSIS_SITE_BOOK_H_
#define HEADROOM_ANALYSIS_SITE_BOOK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/dump.h"

namespace headroom {

// A stack with the names that its frames lack, inlined calls as frames of their own.
using StackNamer = std::function<std::vector<Frame>(std::vector<Frame>)>;

// Knows equal stacks of different dumps from each other: by function where the dumps name it, else by module, build id
// and offset; never by address, which changes with each start. The allocator's own frames do not count. Memory: each
// distinct frame and stack once.
class SiteBook {
 public:
  // Without a namer the frames stay as the dumps have them. An agent writes addresses alone: there the allocator's frames
  // are told by the names that the namer has for them.
  explicit SiteBook(StackNamer name_stack = {}) : name_stack_(std::move(name_stack)) {}

  // Keys of the dump's sites, in their order; equal for equal stacks, never 0.
  std::vector<uint64_t> Enter(const Dump& dump);

  // For people: named, without the allocator's frames, innermost first; empty for a key that is not known.
  std::vector<Frame> FramesOf(uint64_t site_key) const;

  // Stable for the same stack in the same build of the program; the agent's own where the dumps tell as much as it
  // knows.
  std::string IdOf(uint64_t site_key) const;

 private:
  bool IsAllocator(const Frame& frame, const Dump& dump) const;
  uint32_t FrameIndex(uint64_t hash, const Frame& frame);
  std::vector<Frame> FramesAsFound(uint64_t site_key) const;

  StackNamer name_stack_;
  std::vector<Frame> frames_;
  std::unordered_map<uint64_t, uint32_t> frame_index_;  // by hash
  std::unordered_map<uint64_t, std::vector<uint32_t>> stacks_;
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_SITE_BOOK_H_
