#ifndef HEADROOM_RECORDER_CHECKSUM_H_
#define HEADROOM_RECORDER_CHECKSUM_H_

#include <cstdint>
#include <string_view>

namespace headroom {

// CRC-32 as in zlib and PNG, so that any language can check a record.
uint32_t Checksum(std::string_view bytes);

}  // namespace headroom

#endif  // HEADROOM_RECORDER_CHECKSUM_H_
