#include "formats/pprof/frames.h"

#include <limits>
#include <optional>
#include <string>

namespace headroom::pprof {
namespace {

// The string table is bounded, but every location may name its longest string.
constexpr size_t kMaxTextBytes = size_t{128} << 20;

int LineNumber(uint64_t line) { return line <= std::numeric_limits<int>::max() ? static_cast<int>(line) : 0; }

std::vector<CodeSegment> SegmentsOf(const Mapping& mapping, const Tables& tables) {
  const std::string_view build_id = tables.String(mapping.build_id);
  if (build_id.empty()) return {};
  const std::optional<ElfFile> file = ElfFile::Open(std::string(tables.String(mapping.filename)));
  return file && file->BuildId() == build_id ? file->CodeSegments() : std::vector<CodeSegment>{};
}

}  // namespace

Frames::Frames(const Tables& tables) : tables_(tables) {
  for (const Mapping& mapping : tables.mappings.rows()) {
    segments_.push_back(mapping.start_address != kUnknownAddress ? std::vector<CodeSegment>{}
                                                                 : SegmentsOf(mapping, tables));
  }
  const std::vector<Location>& locations = tables.locations.rows();
  first_frame_.reserve(locations.size() + 1);
  frames_.reserve(locations.size());
  for (const Location& location : locations) Add(location);
  first_frame_.push_back(static_cast<uint32_t>(frames_.size()));
}

void Frames::Add(const Location& location) {
  first_frame_.push_back(static_cast<uint32_t>(frames_.size()));
  const Frame place = Place(location);
  if (location.line_count == 0) Push(place);
  for (size_t i = 0; i < location.line_count; ++i) {
    Frame frame = place;
    Name(tables_.lines[location.first_line + i], &frame);
    Push(std::move(frame));
  }
}

Frame Frames::Place(const Location& location) const {
  Frame frame;
  frame.offset = location.address;
  if (location.mapping_id == 0) return frame;
  const size_t index = tables_.mappings.Find(location.mapping_id);
  const Mapping& mapping = tables_.mappings.rows()[index];
  frame.module = tables_.String(mapping.filename);
  frame.build_id = tables_.String(mapping.build_id);
  if (location.address < mapping.memory_start) return frame;
  const uint64_t distance = location.address - mapping.memory_start;
  if (mapping.start_address != kUnknownAddress) {
    frame.offset = mapping.start_address + distance;
  } else {
    frame.offset = VirtualAddress(segments_[index], distance + mapping.file_offset);
  }
  return frame;
}

void Frames::Name(const Line& line, Frame* frame) const {
  if (line.function_id == 0) return;
  const Function& function = tables_.functions.rows()[tables_.functions.Find(line.function_id)];
  frame->function = tables_.String(function.name);
  frame->file = tables_.String(function.filename);
  frame->line = LineNumber(line.line);
}

void Frames::Push(Frame frame) {
  text_bytes_ += frame.function.size() + frame.file.size() + frame.module.size() + frame.build_id.size();
  if (text_bytes_ > kMaxTextBytes) {
    throw FormatError("the names of its frames are longer than " + std::to_string(kMaxTextBytes) + " bytes together");
  }
  frames_.push_back(std::move(frame));
}

}  // namespace headroom::pprof
