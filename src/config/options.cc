#include "config/options.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "config/nearest_name.h"

namespace headroom {
namespace {

constexpr OptionSpec kOptionSpecs[] = {
#define HEADROOM_OPTION(NAME, field, Type, default_text, low, high, metavar, help) \
  {#NAME,                                                                          \
   default_text,                                                                   \
   metavar,                                                                        \
   help,                                                                           \
   [](Options& options, std::string_view text) {                                   \
     auto value = Type::Parse(text, {low, high});                                  \
     if (value) options.field = std::move(*value);                                 \
     return value.has_value();                                                     \
   },                                                                              \
   [] {                                                                            \
     return Type::Takes({low, high});                                              \
   }},
#include "headroom/options.def"
};

constexpr size_t kMostShownBytes = 80;

// A foreign text, fit for one line of a log: no control bytes, not too long.
std::string Shown(std::string_view text) {
  std::string shown(text.substr(0, kMostShownBytes));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  if (text.size() > kMostShownBytes) shown += "...";
  return shown;
}

const OptionSpec* FindSpec(std::string_view name) {
  auto spec = std::find_if(std::begin(kOptionSpecs), std::end(kOptionSpecs),
                           [&](const OptionSpec& candidate) { return candidate.name == name; });
  return spec == std::end(kOptionSpecs) ? nullptr : &*spec;
}

std::string UnknownName(std::string_view name) {
  std::vector<std::string_view> known;
  for (const OptionSpec& spec : kOptionSpecs) known.push_back(spec.name);
  std::string line = std::string(kVariablePrefix) + Shown(name) + " is not an option and is ignored";
  std::string_view nearest = NearestName(name, known);
  if (nearest.empty()) return line + "; `headroom options` lists them";
  return line.append("; did you mean ").append(kVariablePrefix).append(nearest).append("?");
}

std::string BadValue(const OptionSpec& spec, std::string_view value) {
  return spec.Variable() + "=" + Shown(value) + " is not taken; it takes " + spec.takes() + "; the default " +
         std::string(spec.default_text) + " is used";
}

// Empty: all went well.
std::optional<std::string> Apply(const Setting& setting, Options& options) {
  const OptionSpec* spec = FindSpec(setting.name);
  if (spec == nullptr) return UnknownName(setting.name);
  if (spec->set(options, setting.value)) return std::nullopt;
  spec->set(options, spec->default_text);  // an earlier setting of the same name does not count either
  return BadValue(*spec, setting.value);
}

}  // namespace

std::string OptionSpec::Variable() const { return std::string(kVariablePrefix).append(name); }

std::string OptionSpec::Flag() const {
  std::string flag = "--";
  for (char c : name) flag += c == '_' ? '-' : static_cast<char>(c - 'A' + 'a');
  return flag;
}

std::span<const OptionSpec> OptionSpecs() { return kOptionSpecs; }

ParsedOptions ParseOptions(std::span<const std::string_view> settings) {
  ParsedOptions parsed;
  for (std::string_view entry : settings) {
    std::optional<Setting> setting = ReadSetting(entry);
    if (!setting) continue;
    if (auto complaint = Apply(*setting, parsed.options)) parsed.complaints.push_back(std::move(*complaint));
  }
  return parsed;
}

ParsedOptions ParseOptions(const EnvironmentCopy& environment) {
  ParsedOptions parsed = ParseOptions(environment.Entries());
  if (environment.entries_lost() > 0) {
    parsed.complaints.push_back(std::to_string(environment.entries_lost()) +
                                " HEADROOM_ variables are ignored; all of them together take at most " +
                                std::to_string(EnvironmentCopy::kCapacityBytes) + " bytes");
  }
  return parsed;
}

}  // namespace headroom
