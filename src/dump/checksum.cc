#include "dump/checksum.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace headroom {
namespace {

constexpr uint32_t kPolynomial = 0xEDB88320;  // bit-reversed
constexpr size_t kStride = 8;                 // bytes taken in at once

static_assert(std::endian::native == std::endian::little);

using Tables = std::array<std::array<uint32_t, 256>, kStride>;

// tables[n][byte]: what a byte still adds to the sum after n more bytes of zero.
constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ (value & 1 ? kPolynomial : 0);
    tables[0][byte] = value;
  }
  for (size_t n = 1; n < kStride; ++n) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = tables[n - 1][byte];
      tables[n][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

uint32_t TakeStride(uint32_t value, const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, kStride);
  word ^= value;
  uint32_t sum = 0;
  for (size_t i = 0; i < kStride; ++i) sum ^= kTables[kStride - 1 - i][(word >> (8 * i)) & 0xFF];
  return sum;
}

}  // namespace

uint32_t Checksum(std::string_view bytes, uint32_t so_far) {
  uint32_t value = ~so_far;
  for (; bytes.size() >= kStride; bytes.remove_prefix(kStride)) value = TakeStride(value, bytes.data());
  for (const char byte : bytes) value = (value >> 8) ^ kTables[0][(value ^ static_cast<uint8_t>(byte)) & 0xFF];
  return ~value;
}

}  // namespace headroom
