#ifndef HEADROOM_ANALYSIS_SITE_BOOK_H_
#define HEADROOM_ANALYSIS_SITE_BOOK_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "formats/dump.h"

namespace headroom {

// Knows equal stacks of different dumps from each other: by function where the dumps name it, else by module, build id
// and offset; never by address, which changes with each start. The allocator's own frames do not count. Memory: each
// distinct frame and stack once.
class SiteBook {
 public:
  // Keys of the dump's sites, in their order; equal for equal stacks, never 0.
  std::vector<uint64_t> Enter(const Dump& dump);

  // Without the allocator's frames, innermost first; empty for a key that is not known.
  std::vector<Frame> FramesOf(uint64_t site_key) const;

  // Stable for the same stack in the same build of the program; the agent's own where the dumps tell as much as it
  // knows.
  std::string IdOf(uint64_t site_key) const;

 private:
  uint32_t FrameIndex(uint64_t hash, const Frame& frame);

  std::vector<Frame> frames_;
  std::unordered_map<uint64_t, uint32_t> frame_index_;  // by hash
  std::unordered_map<uint64_t, std::vector<uint32_t>> stacks_;
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_SITE_BOOK_H_
