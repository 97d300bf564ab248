#ifndef HEADROOM_SYMBOLS_FNV_HASH_H_
#define HEADROOM_SYMBOLS_FNV_HASH_H_

#include <cstdint>
#include <string_view>

namespace headroom {

// FNV-1a, 64 bits: the same value on every machine and in every release. Each part is closed by a separator.
class FnvHash {
 public:
  void Add(std::string_view text) {
    for (const char c : text) AddByte(static_cast<uint8_t>(c));
    AddByte(0);
  }
  void Add(uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) AddByte(static_cast<uint8_t>(number >> shift));
  }
  uint64_t value() const { return value_; }

 private:
  void AddByte(uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3; }

  uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_FNV_HASH_H_
