#include "formats/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace headroom {

std::string Gzip(std::string_view content) {
  constexpr int kGzipFormat = 16 + MAX_WBITS;
  constexpr int kMemoryLevel = 8;  // zlib's own
  z_stream state{};
  if (deflateInit2(&state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipFormat, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&state, content.size()), '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  state.next_out = reinterpret_cast<Bytef*>(packed.data());
  size_t in_left = content.size();
  size_t out_left = packed.size();
  constexpr size_t kMost = std::numeric_limits<uInt>::max();
  int result = Z_OK;
  while (result == Z_OK) {
    const auto in_now = static_cast<uInt>(std::min(in_left, kMost));
    const auto out_now = static_cast<uInt>(std::min(out_left, kMost));
    state.avail_in = in_now;
    state.avail_out = out_now;
    result = deflate(&state, in_now == in_left ? Z_FINISH : Z_NO_FLUSH);
    in_left -= in_now - state.avail_in;
    out_left -= out_now - state.avail_out;
  }
  deflateEnd(&state);
  packed.resize(packed.size() - out_left);
  return packed;
}

}  // namespace headroom
