#include "formats/pprof/location_table.h"

#include <algorithm>

namespace headroom::pprof {
namespace {

bool IsSamePlace(const Frame& a, const Frame& b) {
  return !a.module.empty() && a.offset != 0 && a.offset == b.offset && a.module == b.module && a.build_id == b.build_id;
}

// The row's number; a new row gets the next.
template <typename Row>
uint64_t NumberOf(Row row, LocationTable::Numbered<Row>* table) {
  return table->emplace(std::move(row), table->size() + 1).first->second;
}

}  // namespace

LocationTable::LocationTable(const std::vector<Frame>& frames, const ModuleLayout& layout, TextTable* texts)
    : frames_(frames),
      layout_(layout),
      texts_(texts),
      location_of_frame_(frames.size()),
      knowledge_(layout.rows().size()) {}

std::vector<uint64_t> LocationTable::IdsOf(std::span<const uint32_t> stack) {
  std::vector<uint64_t> ids;
  while (!stack.empty()) {
    const size_t run = InlinedRun(stack);
    ids.push_back(LocationOf(stack.first(run)));
    stack = stack.subspan(run);
  }
  return ids;
}

// A function that comes again at the same place has called itself.
size_t LocationTable::InlinedRun(std::span<const uint32_t> stack) const {
  size_t run = 1;
  while (run < stack.size() && IsSamePlace(frames_[stack[0]], frames_[stack[run]]) &&
         std::ranges::none_of(stack.first(run), [&](uint32_t frame) {
           return frames_[frame].function == frames_[stack[run]].function;
         })) {
    ++run;
  }
  return run;
}

uint64_t LocationTable::LocationOf(std::span<const uint32_t> run) {
  if (run.size() > 1) return MakeLocation(run);
  uint64_t& known = location_of_frame_[run.front()];
  if (known == 0) known = MakeLocation(run);
  return known;
}

uint64_t LocationTable::MakeLocation(std::span<const uint32_t> run) {
  const ModuleLayout::Spot spot = layout_.SpotOf(frames_[run.front()]);
  LocationRow row{spot.mapping_id, spot.address, {}};
  for (const uint32_t frame : run) {
    if (!frames_[frame].function.empty()) row.lines.push_back(LineOf(frames_[frame]));
  }
  Learn(spot.mapping_id, run);
  return NumberOf(std::move(row), &locations_);
}

LocationTable::LineRow LocationTable::LineOf(const Frame& frame) {
  const FunctionRow function(texts_->Number(frame.function), texts_->Number(frame.file));
  return {NumberOf(function, &functions_), frame.line};
}

void LocationTable::Learn(uint64_t mapping_id, std::span<const uint32_t> run) {
  Knowledge& known = knowledge_[mapping_id - 1];
  known.any_inlined |= run.size() > 1;
  for (const uint32_t index : run) {
    const Frame& frame = frames_[index];
    known.all_functions &= !frame.function.empty();
    known.all_files &= !frame.file.empty();
    known.all_lines &= frame.line > 0;
  }
}

}  // namespace headroom::pprof
