#include "formats/jemalloc_reader.h"

#include <algorithm>
#include <utility>

#include "formats/address_stacks.h"
#include "formats/text_scanner.h"
#include "formats/unbias.h"

namespace headroom {
namespace {

constexpr std::string_view kTitle = "heap_v2/";

class JemallocReader {
 public:
  explicit JemallocReader(Input& input) : input_(input) {}

  Dump Read() {
    TextScanner header(input_.ReadLine().value_or(""));
    header.Expect(kTitle);
    dump_.sample_bytes = header.Number("sampling period");
    while (const auto line = input_.ReadLine()) ReadLine(*line);
    if (!is_in_mappings_) throw BadText("the file ends before MAPPED_LIBRARIES: it is cut off");
    stacks_.Finish(dump_);
    dump_.source = input_.path();
    return std::move(dump_);
  }

 private:
  void ReadLine(std::string_view line) {
    if (is_in_mappings_) return stacks_.ReadMapping(line);
    TextScanner scanner(line);
    if (scanner.Skip("MAPPED_LIBRARIES:")) {
      is_in_mappings_ = true;
    } else if (scanner.Skip("@")) {
      BeginSite(scanner);
    } else if (scanner.Skip("t")) {
      ReadThread(scanner);
    } else if (!scanner.IsAtEnd()) {
      throw BadText("expected a stack \"@ 0x...\", a thread \"t1: ...\" or MAPPED_LIBRARIES");
    }
  }

  void BeginSite(TextScanner& scanner) {
    DumpSite& site = dump_.sites.emplace_back();
    site.stack = stacks_.ReadStack(scanner);
    if (site.stack.empty()) throw BadText("expected the addresses of a stack");
    site.live_samples = 0;
  }

  // "t*" is the sum of the threads, from which what each sample stands for can no longer be told.
  void ReadThread(TextScanner& scanner) {
    const bool is_sum = scanner.Skip("*");
    if (!is_sum) scanner.Number("number of the thread");
    scanner.Expect(":");
    const uint64_t live_samples = scanner.Number("number of live objects");
    scanner.Expect(":");
    const uint64_t live_bytes = scanner.Number("number of live bytes");
    scanner.Expect("[");
    const uint64_t born_samples = scanner.Number("number of objects");
    scanner.Expect(":");
    const uint64_t born_bytes = scanner.Number("number of bytes");
    scanner.Expect("]");
    if (dump_.sites.empty()) counts_births_ |= born_samples > 0;
    if (is_sum || dump_.sites.empty()) return;
    DumpSite& site = dump_.sites.back();
    site.live_bytes += Unbiased(live_samples, live_bytes);
    *site.live_samples += live_samples;
    if (counts_births_) AddBirths(born_samples, Unbiased(born_samples, born_bytes), site);
  }

  double Unbiased(uint64_t samples, uint64_t bytes) const {
    return static_cast<double>(bytes) * UnbiasFactor(samples, bytes, dump_.sample_bytes);
  }

  static void AddBirths(uint64_t samples, double bytes, DumpSite& site) {
    site.born_samples = std::max(site.born_samples.value_or(0) + samples, *site.live_samples);
    site.died_samples = *site.born_samples - *site.live_samples;
    site.born_bytes = std::max(site.born_bytes.value_or(0) + bytes, site.live_bytes);
    site.died_bytes = *site.born_bytes - site.live_bytes;
  }

  Input& input_;
  Dump dump_;
  AddressStacks stacks_;
  bool counts_births_ = false;
  bool is_in_mappings_ = false;
};

}  // namespace

bool LooksLikeJemalloc(std::string_view head) { return head.starts_with(kTitle); }

void ReadJemalloc(Input& input, DumpSink& sink) {
  try {
    sink.Take(JemallocReader(input).Read());
  } catch (const BadText& bad) {
    sink.Complain(input.AtLine(bad.what()));
  }
}

}  // namespace headroom
