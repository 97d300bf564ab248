#ifndef HEADROOM_TESTS_LIMITS_READING_TEXT_H_
#define HEADROOM_TESTS_LIMITS_READING_TEXT_H_

#include <string>
#include <vector>

#include "limits/limit.h"

namespace headroom {

// One line for a reading, as the tests expect it: "rlimit:AS 5 of 100", "cgroup2:/ memory.max 5 of 100 shared".
inline std::string Text(const LimitReading& reading) {
  return reading.name + " " + std::to_string(reading.used) + " of " + std::to_string(reading.limit) +
         (reading.unit == LimitUnit::kMappings ? " mappings" : "") + (reading.shared ? " shared" : "");
}

inline std::vector<std::string> Texts(const std::vector<LimitReading>& readings) {
  std::vector<std::string> texts;
  for (const auto& reading : readings) texts.push_back(Text(reading));
  return texts;
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_LIMITS_READING_TEXT_H_
