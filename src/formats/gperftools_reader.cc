#include "formats/gperftools_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "formats/address_stacks.h"
#include "formats/text_scanner.h"
#include "formats/unbias.h"

namespace headroom {
namespace {

constexpr std::string_view kTitle = "heap profile:";

// The word behind the "@" of the first line.
std::string_view KindIn(std::string_view head) {
  if (!head.starts_with(kTitle)) return {};
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  const size_t at = line.find('@');
  return at == std::string_view::npos ? std::string_view() : TextScanner(line.substr(at + 1)).Word();
}

struct Counts {
  uint64_t live_samples = 0, live_bytes = 0, born_samples = 0, born_bytes = 0;
};

// "1: 4096 [ 2: 8192] @"
Counts ReadCounts(TextScanner& line) {
  Counts counts;
  counts.live_samples = line.Number("number of live objects");
  line.Expect(":");
  counts.live_bytes = line.Number("number of live bytes");
  line.Expect("[");
  counts.born_samples = line.Number("number of objects");
  line.Expect(":");
  counts.born_bytes = line.Number("number of bytes");
  line.Expect("]");
  line.Expect("@");
  return counts;
}

class GperftoolsReader {
 public:
  explicit GperftoolsReader(Input& input) : input_(input) {}

  Dump Read() {
    ReadHeader();
    while (const auto line = input_.ReadLine()) ReadLine(*line);
    CheckIsWhole();
    stacks_.Finish(dump_);
    if (is_go_) Name();
    dump_.source = input_.path();
    return std::move(dump_);
  }

 private:
  void ReadHeader() {
    const auto line = input_.ReadLine();
    TextScanner scanner(line.value_or(""));
    scanner.Expect(kTitle);
    header_ = ReadCounts(scanner);
    SetKind(scanner.Word());
  }

  void SetKind(std::string_view kind) {
    const std::string_view name = kind.substr(0, kind.find('/'));
    is_go_ = name == "heap";
    counts_births_ = is_go_ || name == "heapprofile";
    if (name.size() == kind.size()) return;
    TextScanner period(kind.substr(name.size() + 1));
    period_ = period.Number("sampling period") / (is_go_ ? 2 : 1);
    dump_.sample_bytes = period_;
  }

  void ReadLine(std::string_view line) {
    if (is_in_mappings_) return stacks_.ReadMapping(line);
    if (line.starts_with("MAPPED_LIBRARIES:")) {
      is_in_mappings_ = true;
    } else if (line.starts_with('#')) {
      ReadGoFrame(line.substr(1));
    } else if (!TextScanner(line).IsAtEnd()) {
      ReadSite(line);
    }
  }

  void ReadSite(std::string_view line) {
    TextScanner scanner(line);
    const Counts counts = ReadCounts(scanner);
    if (counts.live_samples > counts.born_samples || counts.live_bytes > counts.born_bytes) {
      throw BadText("more is live than was ever allocated");
    }
    sum_.live_samples += counts.live_samples;
    sum_.live_bytes += counts.live_bytes;
    DumpSite site;
    site.stack = stacks_.ReadStack(scanner);
    if (site.stack.empty()) throw BadText("expected the addresses of a stack");
    site.live_bytes =
        static_cast<double>(counts.live_bytes) * UnbiasFactor(counts.live_samples, counts.live_bytes, period_);
    site.live_samples = counts.live_samples;
    if (counts_births_) AddBirths(counts, site);
    dump_.sites.push_back(std::move(site));
  }

  void AddBirths(const Counts& counts, DumpSite& site) const {
    const double factor = UnbiasFactor(counts.born_samples, counts.born_bytes, period_);
    site.born_samples = counts.born_samples;
    site.died_samples = counts.born_samples - counts.live_samples;
    site.born_bytes = std::max(static_cast<double>(counts.born_bytes) * factor, site.live_bytes);
    site.died_bytes = *site.born_bytes - site.live_bytes;
  }

  // "#	0x4b4646	main.cache+0x46		/src/leaky.go:36", after the stack's line, inlined frames as well.
  void ReadGoFrame(std::string_view line) {
    TextScanner scanner(line);
    if (!scanner.Skip("0x") || dump_.sites.empty()) return;  // "# runtime.MemStats" and what follows
    scanner.Hex("address");
    const std::string_view function = scanner.Word();
    const std::string_view place = scanner.Rest();
    Frame frame;
    frame.function = function.substr(0, function.rfind("+0x"));
    const size_t colon = place.rfind(':');
    frame.file = place.substr(0, colon);
    if (colon != std::string_view::npos) {
      std::from_chars(place.data() + colon + 1, place.data() + place.size(), frame.line);
    }
    named_.resize(dump_.sites.size());
    named_.back().push_back(std::move(frame));
    if (++named_frames_ > AddressStacks::kMostAddresses) throw BadText("too many frames for one dump");
  }

  // The names of a stack, where they are told, instead of its addresses.
  void Name() {
    named_.resize(dump_.sites.size());
    for (size_t i = 0; i < named_.size(); ++i) {
      if (named_[i].empty()) continue;
      dump_.sites[i].stack.clear();
      for (Frame& frame : named_[i]) {
        dump_.sites[i].stack.push_back(static_cast<uint32_t>(dump_.frames.size()));
        dump_.frames.push_back(std::move(frame));
      }
    }
  }

  void CheckIsWhole() const {
    if (is_go_) return;
    if (!is_in_mappings_) throw BadText("the file ends before MAPPED_LIBRARIES: it is cut off");
    if (sum_.live_samples != header_.live_samples || sum_.live_bytes != header_.live_bytes) {
      throw BadText("the stacks hold " + std::to_string(sum_.live_bytes) + " bytes together, the first line says " +
                    std::to_string(header_.live_bytes));
    }
  }

  Input& input_;
  Dump dump_;
  AddressStacks stacks_;
  Counts header_, sum_;
  uint64_t period_ = 0;
  bool is_go_ = false;
  bool counts_births_ = false;
  bool is_in_mappings_ = false;
  std::vector<std::vector<Frame>> named_;  // by site
  size_t named_frames_ = 0;
};

}  // namespace

bool LooksLikeHeapProfile(std::string_view head) { return KindIn(head) == "heapprofile"; }

bool LooksLikeHeapSample(std::string_view head) {
  return KindIn(head).starts_with("heap_v2/") || KindIn(head).starts_with("heapz_v2/");
}

bool LooksLikeHeapGrowth(std::string_view head) { return KindIn(head).starts_with("growth"); }

bool LooksLikeGoHeapText(std::string_view head) { return KindIn(head).starts_with("heap/"); }

void ReadGperftools(Input& input, DumpSink& sink) {
  try {
    sink.Take(GperftoolsReader(input).Read());
  } catch (const BadText& bad) {
    sink.Complain(input.AtLine(bad.what()));
  }
}

}  // namespace headroom
