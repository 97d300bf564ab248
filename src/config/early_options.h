#ifndef HEADROOM_CONFIG_EARLY_OPTIONS_H_
#define HEADROOM_CONFIG_EARLY_OPTIONS_H_

#include <cstdint>

#include "config/environment.h"

namespace headroom {

// What the hooks need before anything may allocate: the fields of Options of the same names.
struct EarlyOptions {
  bool enable;
  bool autostart;
  uint64_t sample_bytes;
  double cpu_budget;
  uint64_t memory_budget_bytes;
};

// Neither allocates nor throws nor speaks: a bad value is the default here, and ParseOptions complains of it later.
EarlyOptions ReadEarlyOptions(const EnvironmentCopy& environment) noexcept;

}  // namespace headroom

#endif  // HEADROOM_CONFIG_EARLY_OPTIONS_H_
