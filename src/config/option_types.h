#ifndef HEADROOM_CONFIG_OPTION_TYPES_H_
#define HEADROOM_CONFIG_OPTION_TYPES_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/sink_spec.h"

namespace headroom {

struct RecorderSpec {
  enum class Kind { kAuto, kOff, kPath };
  Kind kind = Kind::kAuto;
  std::string path;  // of kPath, absolute
};

// In rising order of talk: a message is written when its own level is not above the option's.
enum class LogLevel { kOff, kError, kWarning, kInfo, kDebug };

// Lowest and highest value as texts of the type; unused by types without a range.
struct Bounds {
  std::string_view low;
  std::string_view high;
};

// The types that options.def names. Each reads a value (empty: not taken) and says in words what it takes. Parse of the
// first four types neither allocates nor throws. Paths must be absolute, because daemons change their directory.
struct FlagOption {
  using Value = bool;
  static std::optional<Value> Parse(std::string_view text, Bounds bounds) noexcept;
  static std::string Takes(Bounds bounds);
};

struct SizeOption {
  using Value = uint64_t;
  static std::optional<Value> Parse(std::string_view text, Bounds bounds) noexcept;
  static std::string Takes(Bounds bounds);
};

struct DurationOption {
  using Value = std::chrono::nanoseconds;
  static std::optional<Value> Parse(std::string_view text, Bounds bounds) noexcept;
  static std::string Takes(Bounds bounds);
};

struct PercentOption {
  using Value = double;  // 0.005 for 0.5%
  static std::optional<Value> Parse(std::string_view text, Bounds bounds) noexcept;
  static std::string Takes(Bounds bounds);
};

struct LimitOption {
  using Value = std::optional<uint64_t>;  // bytes; empty = auto
  static std::optional<Value> Parse(std::string_view text, Bounds bounds);
  static std::string Takes(Bounds bounds);
};

struct AlarmOption {
  using Value = std::vector<AlarmSinkSpec>;  // never empty
  static std::optional<Value> Parse(std::string_view text, Bounds bounds);
  static std::string Takes(Bounds bounds);
};

struct RecorderOption {
  using Value = RecorderSpec;
  static std::optional<Value> Parse(std::string_view text, Bounds bounds);
  static std::string Takes(Bounds bounds);
};

struct FileOption {
  using Value = std::string;  // empty = none
  static std::optional<Value> Parse(std::string_view text, Bounds bounds);
  static std::string Takes(Bounds bounds);
};

// The absolute path of a directory; empty = off.
struct DirectoryOption {
  using Value = std::string;
  static std::optional<Value> Parse(std::string_view text, Bounds bounds);
  static std::string Takes(Bounds bounds);
};

struct LogOption {
  using Value = LogLevel;
  static std::optional<Value> Parse(std::string_view text, Bounds bounds);
  static std::string Takes(Bounds bounds);
};

}  // namespace headroom

#endif  // HEADROOM_CONFIG_OPTION_TYPES_H_
