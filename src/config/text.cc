#include "config/text.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <span>
#include <system_error>

namespace headroom {
namespace {

struct Unit {
  std::string_view name;
  uint64_t factor;
};

// Rising; of equal factors the last is the one that is printed.
constexpr Unit kSizeUnits[] = {{"", 1},        {"B", 1},         {"K", 1 << 10}, {"KiB", 1 << 10},
                               {"M", 1 << 20}, {"MiB", 1 << 20}, {"G", 1 << 30}, {"GiB", 1 << 30}};
constexpr uint64_t kSecond = 1'000'000'000;  // in nanoseconds
constexpr Unit kDurationUnits[] = {
    {"ms", kSecond / 1000}, {"s", kSecond}, {"m", 60 * kSecond}, {"h", 3600 * kSecond}, {"d", 86400 * kSecond}};

constexpr uint64_t kBillion = 1'000'000'000;

struct Decimal {
  uint64_t whole = 0;
  uint64_t billionths = 0;  // further digits are dropped
  bool has_fraction = false;
  std::string_view unit;  // what follows the number
};

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Reads the digits after the point and leaves what follows them in `unit`.
bool ReadFraction(Decimal& number) {
  number.has_fraction = true;
  std::string_view& rest = number.unit;
  rest.remove_prefix(1);
  if (rest.empty() || !IsDigit(rest.front())) return false;
  for (uint64_t place = kBillion / 10; !rest.empty() && IsDigit(rest.front()); place /= 10, rest.remove_prefix(1)) {
    number.billionths += place * static_cast<uint64_t>(rest.front() - '0');
  }
  return true;
}

std::optional<Decimal> ReadDecimal(std::string_view text) {
  text = Trim(text);
  Decimal number;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, number.whole);
  if (error != std::errc()) return std::nullopt;
  number.unit = std::string_view(rest, static_cast<size_t>(end - rest));
  if (number.unit.starts_with('.') && !ReadFraction(number)) return std::nullopt;
  number.unit = Trim(number.unit);
  return number;
}

const Unit* FindUnit(std::span<const Unit> units, std::string_view name) {
  for (const Unit& unit : units) {
    if (EqualsIgnoringCase(unit.name, name)) return &unit;
  }
  return nullptr;
}

std::optional<uint64_t> Scale(const Decimal& number, uint64_t factor, uint64_t highest) {
  using Wide = unsigned __int128;
  Wide product = Wide{number.whole} * factor + Wide{number.billionths} * factor / kBillion;
  if (product > highest) return std::nullopt;
  return static_cast<uint64_t>(product);
}

std::string PrintHundredths(uint64_t hundredths) {
  std::string text = std::to_string(hundredths / 100);
  uint64_t fraction = hundredths % 100;
  if (fraction == 0) return text;
  text += '.';
  text += static_cast<char>('0' + fraction / 10);
  if (fraction % 10 != 0) text += static_cast<char>('0' + fraction % 10);
  return text;
}

// The last unit not above the value; `least` for a value below all of them.
std::string PrintScaled(uint64_t value, std::span<const Unit> units, const Unit& least) {
  const Unit* unit = &least;
  for (const Unit& candidate : units) {
    if (candidate.factor <= value) unit = &candidate;
  }
  unsigned __int128 hundredths = (static_cast<unsigned __int128>(value) * 100 + unit->factor / 2) / unit->factor;
  return PrintHundredths(static_cast<uint64_t>(hundredths)).append(unit->name);
}

}  // namespace

std::optional<uint64_t> ParseSize(std::string_view text) noexcept {
  std::optional<Decimal> number = ReadDecimal(text);
  if (!number) return std::nullopt;
  const Unit* unit = FindUnit(kSizeUnits, number->unit);
  if (unit == nullptr || (unit->factor == 1 && number->has_fraction)) return std::nullopt;
  return Scale(*number, unit->factor, std::numeric_limits<uint64_t>::max());
}

std::optional<std::chrono::nanoseconds> ParseDuration(std::string_view text) noexcept {
  using std::chrono::nanoseconds;
  std::optional<Decimal> number = ReadDecimal(text);
  if (!number) return std::nullopt;
  if (number->unit.empty() && number->whole == 0 && number->billionths == 0) return nanoseconds(0);
  const Unit* unit = FindUnit(kDurationUnits, number->unit);
  if (unit == nullptr) return std::nullopt;
  std::optional<uint64_t> count = Scale(*number, unit->factor, std::numeric_limits<int64_t>::max());
  if (!count) return std::nullopt;
  return nanoseconds(static_cast<int64_t>(*count));
}

std::optional<double> ParsePercent(std::string_view text) noexcept {
  std::optional<Decimal> number = ReadDecimal(text);
  if (!number || number->unit != "%") return std::nullopt;
  return (static_cast<double>(number->whole) + static_cast<double>(number->billionths) / kBillion) / 100;
}

std::optional<bool> ParseBool(std::string_view text) noexcept {
  text = Trim(text);
  for (std::string_view no : {"0", "false", "off", "no"}) {
    if (EqualsIgnoringCase(text, no)) return false;
  }
  for (std::string_view yes : {"1", "true", "on", "yes"}) {
    if (EqualsIgnoringCase(text, yes)) return true;
  }
  return std::nullopt;
}

std::string PrintSize(uint64_t bytes) { return PrintScaled(bytes, kSizeUnits, kSizeUnits[1]); }

std::string PrintDuration(std::chrono::nanoseconds duration) {
  if (duration.count() == 0) return "0s";
  return PrintScaled(static_cast<uint64_t>(duration.count()), kDurationUnits, kDurationUnits[0]);
}

std::string PrintPercent(double fraction) {
  return PrintHundredths(static_cast<uint64_t>(fraction * 10000 + 0.5)) + '%';
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return ToLower(x) == ToLower(y); });
}

}  // namespace headroom
