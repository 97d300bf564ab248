#ifndef HEADROOM_TESTS_KNOWLEDGE_EXAMPLE_KNOWLEDGE_H_
#define HEADROOM_TESTS_KNOWLEDGE_EXAMPLE_KNOWLEDGE_H_

#include <string>
#include <utility>
#include <vector>

#include "knowledge/knowledge.h"

namespace headroom {

inline constexpr float kFine = 524288;  // bytes between samples

// The same level at every scale.
inline Records Level(float bytes) {
  Records records;
  records.fill(bytes);
  return records;
}

inline KnownSite Site(uint64_t place, float bytes, uint64_t name = 0, float sample_bytes = kFine) {
  return {{place, name}, sample_bytes, Level(bytes)};
}

inline BuildKnowledge Build(std::string build_id, std::vector<KnownSite> sites) {
  return {std::move(build_id), 10, 1 << 30, Level(5e6F), std::move(sites)};
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_KNOWLEDGE_EXAMPLE_KNOWLEDGE_H_
