// Reads the encodings of .eh_frame: little-endian numbers, LEB128, and pointers in the DW_EH_PE_* forms. A cursor never
// reads outside [position, end); past that everything reads as zero and ok() is false.
#ifndef HEADROOM_HOT_STACK_DWARF_CURSOR_H_
#define HEADROOM_HOT_STACK_DWARF_CURSOR_H_

#include <cstdint>

namespace headroom::hot {

class DwarfCursor {
 public:
  DwarfCursor(uintptr_t position, uintptr_t end) : position_(position), end_(end) {}

  bool ok() const { return ok_; }
  bool done() const { return !ok_ || position_ >= end_; }
  uintptr_t position() const { return position_; }
  uintptr_t end() const { return end_; }

  template <typename T>
  T Read() {
    if (!ok_ || end_ - position_ < sizeof(T) || position_ > end_) {
      ok_ = false;
      return T{};
    }
    T value;
    __builtin_memcpy(&value, reinterpret_cast<const void*>(position_), sizeof(T));
    position_ += sizeof(T);
    return value;
  }

  uint64_t ReadUleb() {
    uint64_t value = 0;
    for (unsigned shift = 0; ok_; shift += 7) {
      const uint8_t byte = Read<uint8_t>();
      if (shift < 64) value |= uint64_t{byte & 0x7Fu} << shift;
      if ((byte & 0x80) == 0) break;
    }
    return value;
  }

  int64_t ReadSleb() {
    uint64_t value = 0;
    for (unsigned shift = 0; ok_;) {
      const uint8_t byte = Read<uint8_t>();
      if (shift < 64) value |= uint64_t{byte & 0x7Fu} << shift;
      shift += 7;
      if ((byte & 0x80) != 0) continue;
      if ((byte & 0x40) != 0 && shift < 64) value |= ~uint64_t{0} << shift;
      break;
    }
    return static_cast<int64_t>(value);
  }

  // A pointer in encoding `form` (DW_EH_PE_*); `data_base` is what DW_EH_PE_datarel counts from.
  uintptr_t ReadEncoded(uint8_t form, uintptr_t data_base) {
    constexpr uint8_t kOmit = 0xFF, kRelativeToPc = 0x10, kRelativeToData = 0x30;
    if (form == kOmit) return 0;
    const uintptr_t here = position_;
    const uintptr_t value = ReadValue(form & 0x0F);
    switch (form & 0x70) {
      case 0: return value;
      case kRelativeToPc: return here + value;
      case kRelativeToData: return data_base + value;
    }
    ok_ = false;
    return 0;
  }

  void Skip(uint64_t bytes) {
    if (bytes > end_ - position_) {
      ok_ = false;
      bytes = 0;
    }
    position_ += bytes;
  }

 private:
  uintptr_t ReadValue(uint8_t format) {
    switch (format) {
      case 0x00: return Read<uint64_t>();
      case 0x01: return ReadUleb();
      case 0x02: return Read<uint16_t>();
      case 0x03: return Read<uint32_t>();
      case 0x04: return Read<uint64_t>();
      case 0x09: return static_cast<uintptr_t>(ReadSleb());
      case 0x0A: return static_cast<uintptr_t>(int64_t{Read<int16_t>()});
      case 0x0B: return static_cast<uintptr_t>(int64_t{Read<int32_t>()});
      case 0x0C: return Read<uint64_t>();
    }
    ok_ = false;
    return 0;
  }

  uintptr_t position_;
  uintptr_t end_;
  bool ok_ = true;
};

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_STACK_DWARF_CURSOR_H_
