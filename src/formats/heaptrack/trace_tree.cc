#include "formats/heaptrack/trace_tree.h"

#include <optional>

namespace headroom::heaptrack {
namespace {

constexpr size_t kMaxEntries = size_t{8} << 20;  // of each kind
constexpr size_t kMaxTextBytes = size_t{256} << 20;
constexpr uint32_t kMaxDepth = 64 * 1024;
constexpr uint64_t kMaxLine = uint64_t{1} << 30;

void CheckRoom(size_t entries, const char* what) {
  if (entries >= kMaxEntries) throw FormatError("more than " + std::to_string(kMaxEntries) + " " + what);
}

}  // namespace

void TraceTree::AddString(std::string_view text) {
  CheckRoom(strings_.size(), "strings");
  text_bytes_ += text.size();
  if (text_bytes_ > kMaxTextBytes) throw FormatError("more than " + std::to_string(kMaxTextBytes) + " bytes of names");
  strings_.emplace_back(text);
}

void TraceTree::AddPlace(Words words) {
  CheckRoom(first_frame_.size(), "code places");
  const uint64_t address = words.Next("the address of a code place");
  Frame place;
  place.module = String(words.Next("the module of a code place"));
  const size_t frames_before = frames_.size();
  while (const std::optional<uint64_t> function = words.NextIfAny()) {
    Frame frame = place;
    frame.function = String(*function);
    frame.file = String(words.NextIfAny().value_or(0));
    const uint64_t line = words.NextIfAny().value_or(0);
    frame.line = line < kMaxLine ? static_cast<int>(line) : 0;
    // Where the loader had put a module is not told, so the address is worth something only without a name.
    if (frame.function.empty()) frame.offset = address;
    AddFrame(frame);
  }
  place.offset = address;
  if (frames_.size() == frames_before) AddFrame(place);
  first_frame_.push_back(static_cast<uint32_t>(frames_.size()));
}

void TraceTree::AddFrame(const Frame& frame) {
  CheckRoom(frames_.size(), "frames");
  text_bytes_ += frame.function.size() + frame.file.size() + frame.module.size();
  if (text_bytes_ > kMaxTextBytes) throw FormatError("more than " + std::to_string(kMaxTextBytes) + " bytes of names");
  frames_.push_back(frame);
}

void TraceTree::AddTrace(Words words) {
  CheckRoom(traces_.size(), "traces");
  const uint64_t place = words.Next("the code place of a trace");
  const uint64_t parent = words.Next("the parent of a trace");
  if (place == 0 || place >= first_frame_.size())
    throw FormatError("no code place has number " + std::to_string(place));
  CheckTrace(parent);
  const uint32_t depth = traces_[parent].depth + 1;
  if (depth > kMaxDepth) throw FormatError("stack deeper than " + std::to_string(kMaxDepth));
  traces_.push_back({static_cast<uint32_t>(place), static_cast<uint32_t>(parent), depth});
}

void TraceTree::CheckTrace(uint64_t trace) const {
  if (trace >= traces_.size()) throw FormatError("no trace has number " + std::to_string(trace));
}

std::vector<uint32_t> TraceTree::StackOf(uint64_t trace) const {
  std::vector<uint32_t> stack;
  for (; trace != 0; trace = traces_[trace].parent) {
    const uint32_t place = traces_[trace].place;
    for (uint32_t frame = first_frame_[place - 1]; frame < first_frame_[place]; ++frame) stack.push_back(frame);
  }
  return stack;
}

const std::string& TraceTree::String(uint64_t number) const {
  if (number >= strings_.size()) throw FormatError("no string has number " + std::to_string(number));
  return strings_[number];
}

}  // namespace headroom::heaptrack
