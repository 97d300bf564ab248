#include "recorder/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "alarm/unique_fd.h"
#include "recorder/checksum.h"
#include "recorder/layout.h"

namespace headroom {
namespace {

constexpr size_t kMaxFileBytes = kSlots * kSlotBytes;

// What is wrong with a slot, at which of its bytes.
struct Flaw {
  size_t byte;
  std::string what;
};

std::optional<Flaw> FindFlaw(std::string_view slot, SlotHeader& header) {
  if (slot.size() < sizeof(header)) return Flaw{slot.size(), "the file ends before a whole header"};
  std::memcpy(&header, slot.data(), sizeof(header));
  const size_t present = slot.size() - sizeof(header);
  if (std::memcmp(header.magic, kRecorderMagic, sizeof(kRecorderMagic)) != 0)
    return Flaw{0, "no record of headroom begins here"};
  if (header.version != kRecorderVersion) {
    return Flaw{offsetof(SlotHeader, version),
                "layout version " + std::to_string(header.version) + ", expected " + std::to_string(kRecorderVersion)};
  }
  if (header.length > present) {
    return Flaw{offsetof(SlotHeader, length), "announces a record of " + std::to_string(header.length) +
                                                  " bytes, but only " + std::to_string(present) + " are there"};
  }
  if (Checksum(slot.substr(kChecksummedFrom, sizeof(header) - kChecksummedFrom + header.length)) != header.checksum)
    return Flaw{offsetof(SlotHeader, checksum), "the checksum does not match the record"};
  return std::nullopt;
}

std::string ReadStart(int fd) {
  std::string content(kMaxFileBytes, '\0');
  size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = pread(fd, content.data() + size, content.size() - size, static_cast<off_t>(size));
    if (got <= 0) break;
    size += static_cast<size_t>(got);
  }
  content.resize(size);
  return content;
}

}  // namespace

Record FindRecord(std::string_view file) {
  Record newest;
  std::string flaws;
  bool found = false;
  for (size_t begin = 0; begin == 0 || begin < std::min(file.size(), kMaxFileBytes); begin += kSlotBytes) {
    SlotHeader header;
    const std::string_view slot = file.substr(begin, kSlotBytes);
    if (const auto flaw = FindFlaw(slot, header)) {
      flaws += (begin == 0 ? "byte " : "; byte ") + std::to_string(begin + flaw->byte) + ": " + flaw->what;
    } else if (!found || header.sequence > newest.sequence) {
      newest = {std::string(slot.substr(sizeof(header), header.length)), header.sequence, {}};
      found = true;
    }
  }
  if (!found) newest.error = flaws;
  return newest;
}

Record ReadRecord(int fd) { return FindRecord(ReadStart(fd)); }

Record ReadRecord(const std::string& path) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return {{}, 0, strerrordesc_np(errno)};
  struct stat status;
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {{}, 0, "it is not a regular file"};
  return ReadRecord(file.get());
}

}  // namespace headroom
