#ifndef HEADROOM_SYMBOLS_SITE_ID_H_
#define HEADROOM_SYMBOLS_SITE_ID_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "series/frame.h"

namespace headroom {

// 16 hexadecimal digits made from module name, build id and offset of every frame: equal for the same stack in the same
// build of the program, wherever it is installed and loaded. Names of functions do not matter, so it holds without
// symbols too. Code without a module (just-in-time compiled) has no stable address and counts as one place.
// A label, where there is one, is part of it.
std::string StableSiteId(const std::vector<Frame>& frames, std::string_view label = {});
uint64_t StableSiteNumber(const std::vector<Frame>& frames, std::string_view label = {});  // as a number

// Made from module name and function name of every frame: what a stack keeps when its code is built anew, and shares
// with those that differ in lines alone. A frame without a name counts by its place, as above. Never 0.
uint64_t SiteNameNumber(const std::vector<Frame>& frames, std::string_view label = {});

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_SITE_ID_H_
