#ifndef HEADROOM_FORMATS_PPROF_FRAMES_H_
#define HEADROOM_FORMATS_PPROF_FRAMES_H_

#include <cstdint>
#include <vector>

#include "formats/pprof/tables.h"
#include "series/frame.h"
#include "symbols/elf_file.h"

namespace headroom::pprof {

// The frames of all locations. Offsets are addresses of the object file where the profile tells them or that very build
// is here, else offsets in the file. An inlined call is a frame of its own, at the place of the call it was inlined
// into.
class Frames {
 public:
  explicit Frames(const Tables& tables);  // throws FormatError

  // Throws FormatError.
  void AppendTo(std::vector<uint32_t>* stack, uint64_t location_id) const {
    const size_t location = tables_.locations.Find(location_id);
    for (uint32_t frame = first_frame_[location]; frame < first_frame_[location + 1]; ++frame) stack->push_back(frame);
  }

  // Once, when no more indices are wanted.
  std::vector<Frame> Take() { return std::move(frames_); }

 private:
  void Add(const Location& location);
  Frame Place(const Location& location) const;
  void Name(const Line& line, Frame* frame) const;
  void Push(Frame frame);

  const Tables& tables_;
  std::vector<std::vector<CodeSegment>> segments_;  // of each mapping whose very build is here
  std::vector<uint32_t> first_frame_;               // of each location, and behind the last
  std::vector<Frame> frames_;
  size_t text_bytes_ = 0;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_FRAMES_H_
