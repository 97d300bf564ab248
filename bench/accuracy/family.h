#ifndef HEADROOM_BENCH_ACCURACY_FAMILY_H_
#define HEADROOM_BENCH_ACCURACY_FAMILY_H_

#include <string_view>
#include <vector>

#include "bench/accuracy/builder.h"

namespace headroom::lab {

enum class FamilyKind { kBenign, kLeaky, kAdversarialBenign, kAdversarialLeaky };

// Processes of one character.
struct Family {
  std::string_view name;
  FamilyKind kind;
  void (*build)(Builder&);
};

std::vector<Family> BenignFamilies();
std::vector<Family> LeakyFamilies();
std::vector<Family> AdversarialBenignFamilies();
std::vector<Family> AdversarialLeakyFamilies();
std::vector<Family> AllFamilies();

Scenario MakeScenario(const Family& family, const Clock& clock, uint64_t seed, uint64_t life = 0);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_FAMILY_H_
