#include "formats/flight_recorder_reader.h"

#include <algorithm>
#include <optional>
#include <string>

#include "formats/format_error.h"
#include "formats/pprof_reader.h"
#include "recorder/layout.h"
#include "recorder/reader.h"

namespace headroom {

// The second slot is written first: until the next tick the file begins with a hole.
bool LooksLikeFlightRecorder(std::string_view head) {
  const std::string_view begin = head.substr(0, sizeof(SlotHeader));
  if (begin.size() < sizeof(SlotHeader)) return false;
  const bool is_hole = std::ranges::all_of(begin, [](char byte) { return byte == 0; });
  return is_hole || begin.starts_with(std::string_view(kRecorderMagic, sizeof(kRecorderMagic)));
}

void ReadFlightRecorder(Input& input, DumpSink& sink) {
  const std::optional<std::string> file = input.ReadAll(kMaxRecorderBytes);
  const bool is_too_long = !file && !input.error();
  if (is_too_long) sink.Complain(input.AtByte(kMaxRecorderBytes, "flight recorder goes on, expected its end before"));
  if (!file) return;
  const RecordedDump dump = FindRecordedDump(*file);
  if (!dump.error.empty()) return sink.Complain({input.path() + ": " + dump.error});
  try {
    sink.Take(ReadProfile(dump.bytes, input.path()));
  } catch (const FormatError& error) {
    sink.Complain({input.path() + ": byte " + std::to_string(error.byte()) + " of its heap dump: " + error.what()});
  }
}

}  // namespace headroom
