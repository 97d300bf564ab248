#include "bench/accuracy/family.h"

#include <utility>

namespace headroom::lab {

std::vector<Family> AllFamilies() {
  std::vector<Family> all;
  for (const auto& families :
       {BenignFamilies(), LeakyFamilies(), AdversarialBenignFamilies(), AdversarialLeakyFamilies()}) {
    all.insert(all.end(), families.begin(), families.end());
  }
  return all;
}

Scenario MakeScenario(const Family& family, const Clock& clock, uint64_t seed, uint64_t life) {
  Builder builder(clock, seed, life);
  family.build(builder);
  return std::move(builder.scenario());
}

}  // namespace headroom::lab
