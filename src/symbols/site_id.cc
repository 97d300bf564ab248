#include "symbols/site_id.h"

#include <algorithm>
#include <string_view>

#include "symbols/fnv_hash.h"

namespace headroom {
namespace {

std::string HexDigits(uint64_t value) {
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(value >> shift) & 15];
  return digits;
}

std::string_view ModuleName(const Frame& frame) {
  return std::string_view(frame.module).substr(frame.module.rfind('/') + 1);
}

void AddPlace(const Frame& frame, FnvHash& hash) {
  hash.Add(frame.build_id);
  hash.Add(frame.module.empty() ? 0 : frame.offset);
}

}  // namespace

std::string StableSiteId(const std::vector<Frame>& frames, std::string_view label) {
  return HexDigits(StableSiteNumber(frames, label));
}

uint64_t StableSiteNumber(const std::vector<Frame>& frames, std::string_view label) {
  FnvHash hash;
  for (const Frame& frame : frames) {
    hash.Add(ModuleName(frame));
    AddPlace(frame, hash);
  }
  if (!label.empty()) hash.Add(label);
  return hash.value();
}

uint64_t SiteNameNumber(const std::vector<Frame>& frames, std::string_view label) {
  FnvHash hash;
  for (const Frame& frame : frames) {
    hash.Add(ModuleName(frame));
    hash.Add(frame.function);
    if (frame.function.empty()) AddPlace(frame, hash);
  }
  if (!label.empty()) hash.Add(label);
  return std::max<uint64_t>(hash.value(), 1);
}

}  // namespace headroom
