#include "formats/heaptrack_reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "formats/heaptrack/ledger.h"
#include "formats/heaptrack/trace_tree.h"
#include "formats/heaptrack/words.h"

namespace headroom {
namespace {

using heaptrack::Words;

constexpr double kMillisPerSecond = 1000;
constexpr uint64_t kOldestFormat = 1;
constexpr uint64_t kSizedStringsFormat = 3;
constexpr uint64_t kNewestFormat = 3;

// "c 5f": the time in ms since the start.
bool IsClock(std::string_view line) { return line.starts_with("c "); }

// Trouble is left to the reading proper.
uint64_t DurationMs(const std::string& path) {
  Input input(path);
  uint64_t last_ms = 0;
  while (const std::optional<std::string_view> line = input.ReadLine()) {
    if (!IsClock(*line)) continue;
    try {
      last_ms = Words(line->substr(1)).Next("a time");
    } catch (const FormatError&) {
      break;
    }
  }
  return last_ms;
}

class TraceReader {
 public:
  TraceReader(Input& input, DumpSink& sink)
      : input_(input), sink_(sink), step_ms_(DurationMs(input.path()) / kHeaptrackDumps + 1) {}

  void Read() {
    try {
      while (const std::optional<std::string_view> line = input_.ReadLine()) {
        if (!line->empty()) ReadRecord(line->front(), line->substr(1));
      }
    } catch (const FormatError& error) {
      sink_.Complain(input_.AtLine(error.what()));
    }
    if (is_changed_) Emit();
  }

 private:
  void ReadRecord(char kind, std::string_view text) {
    Words words(text);
    switch (kind) {
      case '+':
        ledger_.Allocate(words);
        is_changed_ = true;
        return;
      case '-':
        ledger_.Free(words);
        is_changed_ = true;
        return;
      case 'a':
        return ReadKind(words);
      case 't':
        return tree_.AddTrace(words);
      case 'i':
        return tree_.AddPlace(words);
      case 's':
        return ReadString(words);
      case 'c':
        return Advance(words.Next("a time in ms"));
      default:
        ReadRareRecord(kind, words);
    }
  }

  void ReadRareRecord(char kind, Words words) {
    switch (kind) {
      case 'v':
        return ReadVersion(words);
      case 'I':
        page_bytes_ = words.Next("the size of a page");
        return;
      case 'R':
        used_bytes_ = words.Next("the pages in use") * page_bytes_;
        return;
      case 'A':
        return ledger_.Forget();
      case 'X':
        program_ = words.rest();
        return;
      case 'x':
      case 'm':
        throw FormatError("a raw trace, expected the output of heaptrack --interpret");
      default:  // suppressions, comments
        return;
    }
  }

  void ReadVersion(Words words) {
    words.Next("the version of heaptrack");
    format_ = words.NextIfAny().value_or(0);
    if (format_ >= kOldestFormat && format_ <= kNewestFormat) return;
    throw FormatError("file format " + std::to_string(format_) + " of heaptrack, expected " +
                      std::to_string(kOldestFormat) + " to " + std::to_string(kNewestFormat));
  }

  void ReadKind(Words words) {
    const uint64_t size_bytes = words.Next("the size of a block");
    const uint64_t trace = words.Next("the trace of a block");
    tree_.CheckTrace(trace);
    ledger_.AddKind(size_bytes, trace);
  }

  // A string that tells its length may hold line ends.
  void ReadString(Words words) {
    if (format_ < kSizedStringsFormat) return tree_.AddString(words.rest());
    const uint64_t bytes = words.Next("the length of a string");
    std::string text(words.rest());
    while (text.size() < bytes) {
      const std::optional<std::string_view> more = input_.ReadLine();
      if (!more) throw FormatError("a string of " + std::to_string(bytes) + " bytes goes beyond the end");
      text.append("\n").append(*more);
    }
    if (text.size() > bytes) throw FormatError("expected a string of " + std::to_string(bytes) + " bytes");
    tree_.AddString(text);
  }

  void Advance(uint64_t now_ms) {
    now_ms_ = now_ms;
    if (now_ms < next_dump_ms_) return;
    Emit();
    next_dump_ms_ = now_ms + step_ms_;
  }

  void Emit() {
    is_changed_ = false;
    Dump dump;
    dump.elapsed_s = static_cast<double>(now_ms_) / kMillisPerSecond;
    dump.source = input_.path() + " at " + std::to_string(now_ms_) + " ms";
    dump.used_bytes = used_bytes_;
    dump.program = program_;
    dump.frames = tree_.frames();
    for (const heaptrack::Account& account : ledger_.accounts()) dump.sites.push_back(SiteOf(account));
    sink_.Take(std::move(dump));
  }

  DumpSite SiteOf(const heaptrack::Account& account) const {
    DumpSite site;
    site.stack = tree_.StackOf(account.trace);
    site.born_bytes = static_cast<double>(account.born_bytes);
    site.died_bytes = static_cast<double>(account.died_bytes);
    site.live_bytes = static_cast<double>(account.born_bytes - account.died_bytes);
    site.born_samples = account.born_samples;
    site.died_samples = account.died_samples;
    site.live_samples = account.born_samples - account.died_samples;
    return site;
  }

  Input& input_;
  DumpSink& sink_;
  const uint64_t step_ms_;
  heaptrack::TraceTree tree_;
  heaptrack::Ledger ledger_;
  std::string program_;
  uint64_t format_ = 0;
  uint64_t page_bytes_ = 0;
  std::optional<uint64_t> used_bytes_;
  uint64_t now_ms_ = 0;
  uint64_t next_dump_ms_ = 0;
  bool is_changed_ = false;  // since the last dump
};

}  // namespace

bool LooksLikeHeaptrack(std::string_view head) {
  if (!head.starts_with("v ")) return false;
  const std::string_view version = head.substr(2, head.find_first_of(" \n", 2) - 2);
  return !version.empty() && version.find_first_not_of("0123456789abcdef") == version.npos;
}

void ReadHeaptrack(Input& input, DumpSink& sink) { TraceReader(input, sink).Read(); }

}  // namespace headroom
