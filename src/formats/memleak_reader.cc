#include "formats/memleak_reader.h"

#include <unordered_map>
#include <utility>

#include "formats/text_scanner.h"

namespace headroom {
namespace {

constexpr size_t kMostFrames = 1 << 20;
constexpr std::string_view kTitle = "stacks with outstanding allocations";
constexpr double kDaySeconds = 86400;

class MemleakReader {
 public:
  MemleakReader(Input& input, DumpSink& sink) : input_(input), sink_(sink) {}

  void Read() {
    while (const auto line = input_.ReadLine()) {
      TextScanner scanner(*line);
      if (line->starts_with('[')) {
        Hand();
        if (line->find(kTitle) != std::string_view::npos) Begin(scanner);
      } else if (!is_open_ || scanner.IsAtEnd()) {
        continue;  // "Attaching to pid 7, Ctrl+C to quit."
      } else if (line->find(" bytes in ") != std::string_view::npos) {
        BeginSite(scanner);
      } else if (!dump_.sites.empty()) {
        AddFrame(scanner);
      }
    }
    Hand();
  }

 private:
  // "[14:03:07] Top 10 stacks with outstanding allocations:"
  void Begin(TextScanner& scanner) {
    scanner.Expect("[");
    double seconds = 3600.0 * static_cast<double>(scanner.Number("hour"));
    scanner.Expect(":");
    seconds += 60.0 * static_cast<double>(scanner.Number("minute"));
    scanner.Expect(":");
    seconds += static_cast<double>(scanner.Number("second"));
    if (seconds + days_ * kDaySeconds < newest_s_) ++days_;  // past midnight
    newest_s_ = seconds + days_ * kDaySeconds;
    dump_.elapsed_s = newest_s_;
    dump_.partial = true;
    dump_.source = input_.path() + ": line " + std::to_string(input_.line());
    is_open_ = true;
  }

  // "	4096 bytes in 1 allocations from stack"
  void BeginSite(TextScanner& scanner) {
    DumpSite& site = dump_.sites.emplace_back();
    site.live_bytes = static_cast<double>(scanner.Number("number of bytes"));
    scanner.Expect("bytes in");
    site.live_samples = scanner.Number("number of allocations");
  }

  // "		0x00007f84ab12c0de	malloc+0x1e [libc.so.6]", in other versions without the address; names may hold
  // blanks.
  void AddFrame(TextScanner& scanner) {
    if (scanner.Skip("0x")) scanner.Hex("address");
    const std::string_view words = scanner.Rest();
    const auto [known, is_new] = names_.try_emplace(std::string(words), static_cast<uint32_t>(dump_.frames.size()));
    if (is_new) dump_.frames.push_back(FrameOf(words));
    dump_.sites.back().stack.push_back(known->second);
    if (++total_frames_ > kMostFrames) throw BadText("more than " + std::to_string(kMostFrames) + " frames");
  }

  static Frame FrameOf(std::string_view words) {
    Frame frame;
    const size_t bracket = words.rfind(" [");
    if (bracket != std::string_view::npos && words.ends_with(']')) {
      frame.module = words.substr(bracket + 2, words.size() - bracket - 3);
      words = words.substr(0, bracket);
    }
    const std::string_view function = words.substr(0, words.rfind("+0x"));
    if (function != "[unknown]") frame.function = function;
    return frame;
  }

  // A stack without a frame says nothing of where it is.
  void Hand() {
    if (!is_open_) return;
    std::erase_if(dump_.sites, [](const DumpSite& site) { return site.stack.empty(); });
    sink_.Take(std::exchange(dump_, {}));
    names_.clear();
    total_frames_ = 0;
    is_open_ = false;
  }

  Input& input_;
  DumpSink& sink_;
  Dump dump_;
  bool is_open_ = false;
  std::unordered_map<std::string, uint32_t> names_;
  size_t total_frames_ = 0;
  double newest_s_ = 0;
  int days_ = 0;
};

}  // namespace

bool LooksLikeMemleak(std::string_view head) { return head.find(kTitle) != std::string_view::npos; }

void ReadMemleak(Input& input, DumpSink& sink) {
  try {
    MemleakReader(input, sink).Read();
  } catch (const BadText& bad) {
    sink.Complain(input.AtLine(std::string(bad.what()) + "; the rest is left out"));
  }
}

}  // namespace headroom
