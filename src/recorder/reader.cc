#include "recorder/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "alarm/unique_fd.h"
#include "dump/checksum.h"
#include "dump/file_start.h"
#include "recorder/layout.h"

namespace headroom {
namespace {

// What is wrong with a slot, at which of its bytes.
struct Flaw {
  size_t byte;
  std::string what;
};

// One of the two pairs of slots of a recorder file.
struct SlotPair {
  size_t begin;
  size_t slot_bytes;
  std::string_view magic;
  std::string_view noun;
  uint32_t (*checksum)(std::string_view slot, size_t length);
};

uint32_t ChecksumOfRecord(std::string_view slot, size_t length) {
  return Checksum(slot.substr(kChecksummedFrom, sizeof(SlotHeader) - kChecksummedFrom + length));
}

uint32_t ChecksumOfDump(std::string_view slot, size_t length) {
  const uint32_t of_dump = Checksum(slot.substr(sizeof(SlotHeader), length));
  return Checksum(slot.substr(kChecksummedFrom, sizeof(SlotHeader) - kChecksummedFrom), of_dump);
}

constexpr SlotPair kRecords = {0, kSlotBytes, {kRecorderMagic, sizeof(kRecorderMagic)}, "record", ChecksumOfRecord};
constexpr SlotPair kDumps = {
    kDumpSlotsBegin, kDumpSlotBytes, {kDumpSlotMagic, sizeof(kDumpSlotMagic)}, "heap dump", ChecksumOfDump};

std::optional<Flaw> FindFlaw(std::string_view slot, const SlotPair& pair, SlotHeader& header) {
  const std::string noun(pair.noun);
  if (slot.size() < sizeof(header)) return Flaw{slot.size(), "the file ends before a whole header"};
  std::memcpy(&header, slot.data(), sizeof(header));
  const size_t present = slot.size() - sizeof(header);
  if (std::string_view(header.magic, sizeof(header.magic)) != pair.magic)
    return Flaw{0, "no " + noun + " of headroom begins here"};
  if (header.version != kRecorderVersion) {
    return Flaw{offsetof(SlotHeader, version),
                "layout version " + std::to_string(header.version) + ", expected " + std::to_string(kRecorderVersion)};
  }
  if (header.length > present) {
    return Flaw{offsetof(SlotHeader, length), "announces a " + noun + " of " + std::to_string(header.length) +
                                                  " bytes, but only " + std::to_string(present) + " are there"};
  }
  if (pair.checksum(slot, header.length) != header.checksum)
    return Flaw{offsetof(SlotHeader, checksum), "the checksum does not match the " + noun};
  return std::nullopt;
}

struct Found {
  std::string_view bytes;
  uint64_t sequence = 0;
  std::string error;
};

Found FindNewest(std::string_view file, const SlotPair& pair) {
  Found newest;
  std::string flaws;
  bool found = false;
  for (size_t slot = 0; slot < kSlots; ++slot) {
    const size_t begin = pair.begin + slot * pair.slot_bytes;
    if (slot > 0 && begin >= file.size()) break;
    SlotHeader header;
    const std::string_view bytes = file.substr(std::min(begin, file.size()), pair.slot_bytes);
    if (const auto flaw = FindFlaw(bytes, pair, header)) {
      flaws += (slot == 0 ? "byte " : "; byte ") + std::to_string(begin + flaw->byte) + ": " + flaw->what;
    } else if (!found || header.sequence > newest.sequence) {
      newest = {bytes.substr(sizeof(header), header.length), header.sequence, {}};
      found = true;
    }
  }
  if (!found) newest.error = flaws;
  return newest;
}

// What `read` makes of the file's descriptor.
template <typename Result>
Result ReadFile(const std::string& path, Result (*read)(int fd)) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return {{}, 0, strerrordesc_np(errno)};
  struct stat status;
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {{}, 0, "it is not a regular file"};
  return read(file.get());
}

}  // namespace

Record FindRecord(std::string_view file) {
  Found found = FindNewest(file, kRecords);
  return {std::string(found.bytes), found.sequence, std::move(found.error)};
}

RecordedDump FindRecordedDump(std::string_view file) {
  Found found = FindNewest(file, kDumps);
  return {std::string(found.bytes), found.sequence, std::move(found.error)};
}

Record ReadRecord(int fd) { return FindRecord(ReadStart(fd, kDumpSlotsBegin)); }
RecordedDump ReadRecordedDump(int fd) { return FindRecordedDump(ReadStart(fd, kMaxRecorderBytes)); }

Record ReadRecord(const std::string& path) { return ReadFile<Record>(path, ReadRecord); }
RecordedDump ReadRecordedDump(const std::string& path) { return ReadFile<RecordedDump>(path, ReadRecordedDump); }

}  // namespace headroom
