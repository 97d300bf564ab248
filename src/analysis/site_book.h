#ifndef HEADROOM_ANALYSIS_SITE_BOOK_H_
#define HEADROOM_ANALYSIS_SITE_BOOK_H_

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "formats/dump.h"
#include "series/hash_index.h"

namespace headroom {

// A stack with the names that its frames lack, inlined calls as frames of their own.
using StackNamer = std::function<std::vector<Frame>(std::vector<Frame>)>;

// A site of a book.
struct SiteRef {
  uint64_t key = 0;     // equal for equal stacks with equal labels, in every book; never 0
  uint32_t number = 0;  // from 0, without gaps, in the order of entry
};

// Knows equal stacks of different dumps from each other: by function where the dumps name it, else by module, build id
// and offset; never by address, which changes with each start. The allocator's own frames do not count. Memory: each
// distinct frame and stack once. For any thread at any time.
class SiteBook {
 public:
  // Without a namer the frames stay as the dumps have them. An agent writes addresses alone: there the allocator's
  // frames are told by the names that the namer has for them.
  explicit SiteBook(StackNamer name_stack = {}) : name_stack_(std::move(name_stack)) {}

  // The dump's sites, in their order.
  std::vector<SiteRef> Enter(const Dump& dump);

  // More than each number.
  size_t size() const;

  // For people: named, without the allocator's frames, innermost first; empty for a key that is not known.
  std::vector<Frame> FramesOf(uint64_t site_key) const;

  std::string LabelOf(uint64_t site_key) const;

  // Stable for the same stack in the same build of the program; the agent's own where the dumps tell as much as it
  // knows.
  std::string IdOf(uint64_t site_key) const;

 private:
  // Of a dump: the stack without the allocator's frames.
  struct Entry {
    uint64_t key = 0;
    std::span<const uint32_t> stack;
  };
  struct Site {
    std::vector<uint32_t> frames;
    std::string label;
  };

  std::vector<Entry> EntriesOf(const Dump& dump, std::span<const uint64_t> hashes) const;
  bool IsAllocator(const Frame& frame, const Dump& dump) const;
  std::vector<Frame> Named(const std::vector<Frame>& frames) const;
  uint32_t NumberOf(uint64_t hash, const Frame& frame);
  const Site* Found(uint64_t site_key) const;
  std::vector<Frame> FramesAsFound(uint64_t site_key) const;

  StackNamer name_stack_;
  mutable std::mutex naming_;  // name_stack_ is for one thread at a time
  mutable std::mutex mutex_;   // guards all below
  std::vector<Frame> frames_;
  HashIndex frame_numbers_;
  std::vector<Site> sites_;
  HashIndex site_numbers_;  // by key
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_SITE_BOOK_H_
