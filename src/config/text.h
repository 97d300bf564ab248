#ifndef HEADROOM_CONFIG_TEXT_H_
#define HEADROOM_CONFIG_TEXT_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// Values as users write them. Parse* neither allocate nor throw nor look at the locale, so they may run before anything
// else in a process; upper and lower case are equal, spaces around number and unit are skipped, signs are not taken.
// Empty result: not such a text, or out of range of the result.

// "512KiB", "1.5GiB", "64k" (K, M, G are binary too), "4096" = bytes. A fraction needs a unit above B.
std::optional<uint64_t> ParseSize(std::string_view text) noexcept;

// "250ms", "1.5h", "7d", "0". Any other number without a unit is refused: seconds and milliseconds are both plausible.
std::optional<std::chrono::nanoseconds> ParseDuration(std::string_view text) noexcept;

// "0.5%" is 0.005. The sign is needed.
std::optional<double> ParsePercent(std::string_view text) noexcept;

// 0 1, false true, off on, no yes.
std::optional<bool> ParseBool(std::string_view text) noexcept;

// For people: the largest unit that fits, two decimals at most. May allocate.
std::string PrintSize(uint64_t bytes);                         // "512KiB", "1.46GiB"
std::string PrintDuration(std::chrono::nanoseconds duration);  // "250ms", "1.5h"; not negative
std::string PrintPercent(double fraction);                     // 0.005 -> "0.5%"; not negative

bool EqualsIgnoringCase(std::string_view a, std::string_view b) noexcept;  // ASCII

}  // namespace headroom

#endif  // HEADROOM_CONFIG_TEXT_H_
