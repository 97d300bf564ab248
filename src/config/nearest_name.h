#ifndef HEADROOM_CONFIG_NEAREST_NAME_H_
#define HEADROOM_CONFIG_NEAREST_NAME_H_

#include <span>
#include <string_view>

namespace headroom {

// The known name that `name` is a probable typo of: at most two letters added, dropped, changed or swapped with their
// neighbour, and not more than half of the known name; case is free. Empty when there is none.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> known);

}  // namespace headroom

#endif  // HEADROOM_CONFIG_NEAREST_NAME_H_
