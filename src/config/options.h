#ifndef HEADROOM_CONFIG_OPTIONS_H_
#define HEADROOM_CONFIG_OPTIONS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.h"
#include "config/option_types.h"

namespace headroom {

// All options, one field a line of options.def, at their defaults.
struct Options {
#define HEADROOM_OPTION(NAME, field, Type, default_text, low, high, metavar, help) \
  Type::Value field = *Type::Parse(default_text, {low, high});
#include "headroom/options.def"
};

// One line of options.def as data, for listings and for setting an option by its name.
struct OptionSpec {
  std::string_view name;  // "SAMPLE_BYTES"
  std::string_view default_text;
  std::string_view metavar;
  std::string_view help;
  bool (*set)(Options& options, std::string_view text);  // false: not taken, options unchanged
  std::string (*takes)();                                // "a size from 1B to 1GiB in B, KiB, MiB or GiB"

  std::string Variable() const;  // "HEADROOM_SAMPLE_BYTES"
  std::string Flag() const;      // "--sample-bytes"
};

std::span<const OptionSpec> OptionSpecs();  // in the order of options.def

struct ParsedOptions {
  Options options;
  std::vector<std::string> complaints;  // each one printable line without its line end
};

// Settings are "HEADROOM_NAME=value"; others are skipped, a later one wins. A bad value leaves the default and adds a
// complaint, an unknown name only a complaint. Never fails.
ParsedOptions ParseOptions(std::span<const std::string_view> settings);

// The same for a copied environment; what was lost from it is one more complaint.
ParsedOptions ParseOptions(const EnvironmentCopy& environment);

}  // namespace headroom

#endif  // HEADROOM_CONFIG_OPTIONS_H_
