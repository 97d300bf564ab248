#ifndef HEADROOM_DUMP_CHECKSUM_H_
#define HEADROOM_DUMP_CHECKSUM_H_

#include <cstdint>
#include <string_view>

namespace headroom {

// CRC-32 as in zlib and PNG, so that any language can check a record. Of a text in parts: each with the sum so far.
uint32_t Checksum(std::string_view bytes, uint32_t so_far = 0);

}  // namespace headroom

#endif  // HEADROOM_DUMP_CHECKSUM_H_
