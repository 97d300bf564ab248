#ifndef HEADROOM_CLI_PLANTED_LEAK_H_
#define HEADROOM_CLI_PLANTED_LEAK_H_

#include <string_view>

namespace headroom {

// The leak that `headroom check` looks for: what every name of it begins with, and its true rate.
inline constexpr std::string_view kPlantedFunction = "headroom_check_planted_leak";
inline constexpr double kPlantedBytesPerS = 8 << 20;

// Leaks until standard input ends, or for as long as a check may take.
int LeakUntilTold();

}  // namespace headroom

#endif  // HEADROOM_CLI_PLANTED_LEAK_H_
