#include "symbols/site_id.h"

#include <string_view>

#include "symbols/fnv_hash.h"

namespace headroom {
namespace {

std::string HexDigits(uint64_t value) {
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(value >> shift) & 15];
  return digits;
}

}  // namespace

std::string StableSiteId(const std::vector<Frame>& frames, std::string_view label) {
  FnvHash hash;
  for (const Frame& frame : frames) {
    hash.Add(std::string_view(frame.module).substr(frame.module.rfind('/') + 1));
    hash.Add(frame.build_id);
    hash.Add(frame.module.empty() ? 0 : frame.offset);
  }
  if (!label.empty()) hash.Add(label);
  return HexDigits(hash.value());
}

}  // namespace headroom
