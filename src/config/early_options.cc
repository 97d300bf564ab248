#include "config/early_options.h"

#include <string_view>

#include "config/option_types.h"

namespace headroom {
namespace {

// Templates, so that the lines of options.def whose field Early lacks are discarded unread.
template <typename Early>
void SetDefaults(Early& early) noexcept {
#define HEADROOM_OPTION(NAME, field, Type, default_text, low, high, metavar, help) \
  if constexpr (requires { early.field; }) early.field = *Type::Parse(default_text, {low, high});
#include "headroom/options.def"
}

template <typename Early>
void Set(Early& early, const Setting& setting) noexcept {
#define HEADROOM_OPTION(NAME, field, Type, default_text, low, high, metavar, help) \
  if constexpr (requires { early.field; }) {                                       \
    if (setting.name == #NAME) {                                                   \
      auto value = Type::Parse(setting.value, {low, high});                        \
      early.field = value ? *value : *Type::Parse(default_text, {low, high});      \
    }                                                                              \
  }
#include "headroom/options.def"
}

}  // namespace

EarlyOptions ReadEarlyOptions(const EnvironmentCopy& environment) noexcept {
  EarlyOptions early;
  SetDefaults(early);
  environment.ForEach([&](std::string_view entry) {
    if (auto setting = ReadSetting(entry)) Set(early, *setting);
  });
  return early;
}

}  // namespace headroom
