// Any bytes as a flight recorder: as a whole file, and as a record and as a heap dump in slots that are sound
// otherwise.
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "dump/checksum.h"
#include "formats/flight_recorder_reader.h"
#include "formats/format_error.h"
#include "formats/pprof_reader.h"
#include "host/status_parser.h"
#include "recorder/layout.h"
#include "recorder/reader.h"
#include "tests/fuzz/fuzz_file.h"

namespace {

using headroom::SlotHeader;

std::string Slot(std::string_view record) {
  SlotHeader header{{}, 0, headroom::kRecorderVersion, 1, record.size()};
  std::memcpy(header.magic, headroom::kRecorderMagic, sizeof header.magic);
  std::string slot(reinterpret_cast<const char*>(&header), sizeof header);
  slot += record;
  const uint32_t checksum = headroom::Checksum(std::string_view(slot).substr(headroom::kChecksummedFrom));
  std::memcpy(slot.data() + offsetof(SlotHeader, checksum), &checksum, sizeof checksum);
  return slot;
}

std::string DumpSlot(std::string_view dump) {
  SlotHeader header{{}, 0, headroom::kRecorderVersion, 2, dump.size()};
  std::memcpy(header.magic, headroom::kDumpSlotMagic, sizeof header.magic);
  const std::string_view rest(reinterpret_cast<const char*>(&header) + headroom::kChecksummedFrom,
                              sizeof header - headroom::kChecksummedFrom);
  header.checksum = headroom::Checksum(rest, headroom::Checksum(dump));
  return std::string(reinterpret_cast<const char*>(&header), sizeof header).append(dump);
}

void ReadAsFile(const std::string& path) {
  headroom::CheckingSink sink;
  headroom::Input input(path);
  headroom::ReadFlightRecorder(input, sink);
}

void ReadAsDump(std::string_view dump) {
  static std::string file(headroom::kDumpSlotsBegin, '\0');
  file.resize(headroom::kDumpSlotsBegin);
  file += DumpSlot(dump);
  const headroom::RecordedDump found = headroom::FindRecordedDump(file);
  if (!found.error.empty() || found.bytes != dump) std::abort();
  try {
    headroom::CheckingSink().Take(headroom::ReadProfile(found.bytes, "record"));
  } catch (const headroom::FormatError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static headroom::FuzzFile file;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadAsFile(file.Set(data, size));
  ReadAsDump(bytes);
  const headroom::Record whole = headroom::FindRecord(bytes);
  if (whole.json.size() > size || whole.error.empty() == whole.json.empty()) std::abort();
  if (whole.error.find('\n') != whole.error.npos) std::abort();
  const headroom::Record record = headroom::FindRecord(Slot(bytes.substr(0, headroom::kMaxRecordBytes)));
  if (!record.error.empty()) std::abort();
  const headroom::ParsedStatus parsed = headroom::ParseStatus(record.json);
  if (parsed.error.find('\n') != parsed.error.npos) std::abort();
  return 0;
}
