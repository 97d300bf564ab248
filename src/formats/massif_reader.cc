#include "formats/massif_reader.h"

#include <charconv>
#include <unordered_map>
#include <utility>

#include "formats/text_scanner.h"

namespace headroom {
namespace {

constexpr size_t kMostFrames = 1 << 20;
constexpr size_t kMostDepth = 4096;

// "app::put(unsigned long) (leaky.cpp:31)", "??? (in /usr/lib/libstdc++.so.6)"
Frame FrameOf(uint64_t address, std::string_view words) {
  Frame frame;
  std::string_view place;
  const size_t open = words.rfind(" (");
  if (open != std::string_view::npos && words.ends_with(')')) {
    place = words.substr(open + 2, words.size() - open - 3);
    words = words.substr(0, open);
  }
  if (words != "???") frame.function = words;
  const size_t colon = place.rfind(':');
  if (place.starts_with("in ")) {
    frame.module = place.substr(3);
    frame.offset = address;  // valgrind loads modules at the same place each time
  } else if (colon != std::string_view::npos) {
    frame.file = place.substr(0, colon);
    std::from_chars(place.data() + colon + 1, place.data() + place.size(), frame.line);
  }
  return frame;
}

class MassifReader {
 public:
  MassifReader(Input& input, DumpSink& sink) : input_(input), sink_(sink) {}

  void Read() {
    while (const auto line = input_.ReadLine()) {
      TextScanner scanner(*line);
      if (scanner.Skip("cmd:")) {
        program_ = scanner.Rest();
      } else if (scanner.Skip("time_unit:")) {
        seconds_per_unit_ = scanner.Rest() == "ms" ? 0.001 : 0;
      } else if (scanner.Skip("snapshot=")) {
        Hand();
      } else if (scanner.Skip("time=")) {
        time_ = scanner.Number("time");
      } else if (scanner.Skip("mem_heap_B=")) {
        heap_bytes_ = scanner.Number("number of bytes");
      } else if (scanner.Skip("heap_tree=")) {
        if (scanner.Rest() != "empty") Begin();
      } else if (is_open_ && scanner.Skip("n")) {
        ReadNode(line->find('n'), scanner);
      }
    }
    if (is_open_ && !open_children_.empty()) throw BadText("the file ends in the middle of a tree: it is cut off");
    Hand();
  }

 private:
  void Begin() {
    is_open_ = true;
    dump_.partial = true;
    dump_.program = program_;
    if (seconds_per_unit_ > 0) dump_.elapsed_s = static_cast<double>(time_) * seconds_per_unit_;
    dump_.used_bytes = heap_bytes_;
    dump_.source = input_.path() + ": line " + std::to_string(input_.line());
  }

  // "n2: 458752 0x10A44E: app::put(unsigned long) (leaky.cpp:31)" at a depth of so many blanks, callers below.
  void ReadNode(size_t depth, TextScanner& scanner) {
    if (depth > open_children_.size() || depth > kMostDepth) throw BadText("expected a node of the tree at this depth");
    const uint64_t children = scanner.Number("number of children");
    scanner.Expect(":");
    const uint64_t bytes = scanner.Number("number of bytes");
    if (depth > 0) CountChild(depth);
    if (depth > 0 && scanner.Skip("in ")) return CloseDone();  // "in 12 places, all below massif's threshold"
    path_.resize(depth);
    if (depth > 0) path_.back() = FrameIndex(scanner);
    if (children > 0) return open_children_.push_back(children);
    AddSite(bytes);
    CloseDone();
  }

  void CloseDone() {
    while (!open_children_.empty() && open_children_.back() == 0) open_children_.pop_back();
  }

  // The levels below the parent are done; the parent has one child less to come.
  void CountChild(size_t depth) {
    open_children_.resize(depth);
    if (open_children_.back() == 0) throw BadText("a node has more children than it says");
    --open_children_.back();
  }

  uint32_t FrameIndex(TextScanner& scanner) {
    const std::string words(scanner.Rest());
    const auto [known, is_new] = frames_.try_emplace(words, static_cast<uint32_t>(dump_.frames.size()));
    if (!is_new) return known->second;
    TextScanner frame(words);
    const uint64_t address = frame.Hex("address");
    frame.Expect(":");
    dump_.frames.push_back(FrameOf(address, frame.Rest()));
    return known->second;
  }

  void AddSite(uint64_t bytes) {
    if (path_.empty()) return;
    total_frames_ += path_.size();
    if (total_frames_ > kMostFrames) throw BadText("more than " + std::to_string(kMostFrames) + " frames");
    DumpSite& site = dump_.sites.emplace_back();
    site.stack = path_;
    site.live_bytes = static_cast<double>(bytes);
  }

  void Hand() {
    if (is_open_) sink_.Take(std::exchange(dump_, {}));
    is_open_ = false;
    frames_.clear();
    path_.clear();
    open_children_.clear();
    total_frames_ = 0;
  }

  Input& input_;
  DumpSink& sink_;
  std::string program_;
  double seconds_per_unit_ = 0;  // 0: instructions or bytes, which are no time
  uint64_t time_ = 0;
  uint64_t heap_bytes_ = 0;
  Dump dump_;
  bool is_open_ = false;
  std::unordered_map<std::string, uint32_t> frames_;
  std::vector<uint32_t> path_;           // from the allocation to the present node
  std::vector<uint64_t> open_children_;  // still to come, by depth
  size_t total_frames_ = 0;
};

}  // namespace

bool LooksLikeMassif(std::string_view head) {
  return head.starts_with("desc:") && head.find("\ntime_unit:") != std::string_view::npos;
}

void ReadMassif(Input& input, DumpSink& sink) {
  try {
    MassifReader(input, sink).Read();
  } catch (const BadText& bad) {
    sink.Complain(input.AtLine(std::string(bad.what()) + "; the rest is left out"));
  }
}

}  // namespace headroom
