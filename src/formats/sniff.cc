#include <algorithm>
#include <iterator>

#include "formats/flight_recorder_reader.h"
#include "formats/gperftools_reader.h"
#include "formats/heaptrack_reader.h"
#include "formats/jemalloc_reader.h"
#include "formats/jsonl_reader.h"
#include "formats/massif_reader.h"
#include "formats/memleak_reader.h"
#include "formats/own_dump_reader.h"
#include "formats/pprof_reader.h"
#include "formats/reader.h"

namespace headroom {
namespace {

// One line a format; the first that recognizes the content has it.
constexpr Format kFormats[] = {
    {"jsonl", LooksLikeJsonl, ReadJsonl},
    {"headroom dump", LooksLikeOwnDump, ReadOwnDump},
    {"headroom flight recorder", LooksLikeFlightRecorder, ReadFlightRecorder},
    {"profile.proto", LooksLikePprof, ReadPprof},
    {"heaptrack", LooksLikeHeaptrack, ReadHeaptrack},
    {"jemalloc heap_v2", LooksLikeJemalloc, ReadJemalloc},
    {"gperftools heapprofile", LooksLikeHeapProfile, ReadGperftools},
    {"gperftools heap_v2", LooksLikeHeapSample, ReadGperftools},
    {"gperftools growth", LooksLikeHeapGrowth, ReadGperftools},
    {"Go heap text", LooksLikeGoHeapText, ReadGperftools},
    {"bcc memleak", LooksLikeMemleak, ReadMemleak},
    {"massif", LooksLikeMassif, ReadMassif},
};

std::string NamesOfFormats() {
  std::string names;
  for (const Format& format : kFormats) names.append(names.empty() ? "" : ", ").append(format.name);
  return names;
}

}  // namespace

const Format* Sniff(std::string_view head) {
  const auto found = std::ranges::find_if(kFormats, [head](const Format& format) { return format.recognizes(head); });
  return found == std::end(kFormats) ? nullptr : found;
}

const Format* ReadDumps(const std::string& path, DumpSink& sink) {
  Input input(path);
  const Format* format = Sniff(input.head());
  if (format != nullptr) format->read(input, sink);
  if (input.error()) {
    sink.Complain(*input.error());
  } else if (input.head().empty()) {
    sink.Complain({path + ": byte 0: the file is empty, expected a heap dump"});
  } else if (format == nullptr) {
    sink.Complain({path + ": byte 0: no known format of heap dumps, expected one of: " + NamesOfFormats()});
  }
  return format;
}

}  // namespace headroom
