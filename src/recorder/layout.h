#ifndef HEADROOM_RECORDER_LAYOUT_H_
#define HEADROOM_RECORDER_LAYOUT_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace headroom {

// A recorder file begins with two slots of kSlotBytes, written in turn: while one is being rewritten, the other holds the record
// before. A slot is a SlotHeader and, right behind it, the record: `length` bytes of JSON. Numbers are little-endian.
// Of the slots whose checksum matches, the higher sequence number is the newer record. A new layout takes a new
// version.
inline constexpr char kRecorderMagic[8] = {'H', 'E', 'A', 'D', 'R', 'O', 'O', 'M'};
inline constexpr uint32_t kRecorderVersion = 1;
inline constexpr size_t kSlots = 2;
inline constexpr size_t kSlotBytes = 256 * 1024;

struct SlotHeader {
  char magic[8];
  uint32_t checksum;  // of everything from `version` to the end of the record
  uint32_t version;
  uint64_t sequence;  // counts the records of one writer from 1
  uint64_t length;
};

// Behind these are two more slots of kDumpSlotBytes, written in turn likewise, each a SlotHeader and a heap dump
// (dump/schema.h). The length of a dump is known last: so the checksum is that of the dump, and then of the header from
// `version` on. A file is never longer than kMaxRecorderBytes.
inline constexpr char kDumpSlotMagic[8] = {'H', 'E', 'A', 'D', 'D', 'U', 'M', 'P'};
inline constexpr size_t kDumpSlotsBegin = kSlots * kSlotBytes;
inline constexpr size_t kDumpSlotBytes = 1024 * 1024;
inline constexpr size_t kMaxRecorderBytes = kDumpSlotsBegin + kSlots * kDumpSlotBytes;

static_assert(std::endian::native == std::endian::little);
static_assert(std::is_trivially_copyable_v<SlotHeader> && sizeof(SlotHeader) == 32);

inline constexpr size_t kChecksummedFrom = offsetof(SlotHeader, version);
inline constexpr size_t kMaxRecordBytes = kSlotBytes - sizeof(SlotHeader);

inline constexpr size_t kMaxDumpBytes = kDumpSlotBytes - sizeof(SlotHeader);

constexpr size_t SlotOf(uint64_t sequence) { return sequence % kSlots; }

}  // namespace headroom

#endif  // HEADROOM_RECORDER_LAYOUT_H_
