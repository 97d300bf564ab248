#ifndef HEADROOM_FORMATS_HEAPTRACK_TRACE_TREE_H_
#define HEADROOM_FORMATS_HEAPTRACK_TRACE_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/heaptrack/words.h"
#include "series/frame.h"

namespace headroom::heaptrack {

// The stacks that a trace names: strings, code places made of them, and a tree of places. Everything is numbered from 1
// in the order of its appearance and refers to what came before, so nothing can go in circles. Throws FormatError.
class TraceTree {
 public:
  void AddString(std::string_view text);  // "s"
  void AddPlace(Words words);             // "i": address, module, then function, file and line, innermost inlined first
  void AddTrace(Words words);             // "t": place, parent

  // Throws when there is no trace of this number; 0, the root, is one.
  void CheckTrace(uint64_t trace) const;

  // Indices into frames(), innermost first.
  std::vector<uint32_t> StackOf(uint64_t trace) const;

  const std::vector<Frame>& frames() const { return frames_; }

 private:
  struct Trace {
    uint32_t place = 0;
    uint32_t parent = 0;
    uint32_t depth = 0;
  };

  const std::string& String(uint64_t number) const;
  void AddFrame(const Frame& frame);

  std::vector<std::string> strings_{1};
  std::vector<uint32_t> first_frame_{0};  // of each place, and behind the last
  std::vector<Trace> traces_{1};
  std::vector<Frame> frames_;
  size_t text_bytes_ = 0;
};

}  // namespace headroom::heaptrack

#endif  // HEADROOM_FORMATS_HEAPTRACK_TRACE_TREE_H_
