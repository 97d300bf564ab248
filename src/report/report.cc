#include "report/report.h"

#include <algorithm>

namespace headroom {

bool HasLeak(const Report& report) {
  const auto leaks = [](const SiteReport& site) { return site.event.verdict.verdict == VerdictClass::kLeak; };
  return std::ranges::any_of(report.lives,
                             [&](const LifeReport& life) { return std::ranges::any_of(life.sites, leaks); });
}

bool Grows(const SiteReport& site) { return site.event.verdict.verdict < VerdictClass::kSteady; }

}  // namespace headroom
