#ifndef HEADROOM_TREND_SITE_READING_H_
#define HEADROOM_TREND_SITE_READING_H_

#include <array>
#include <cstdint>

#include "series/snapshot.h"
#include "trend/scales.h"

namespace headroom {

// What a site holds that is at least as old as one scale, and how many that old have died since the start.
struct OldSamples {
  double bytes = 0;
  uint64_t samples = 0;
  uint64_t died = 0;

  // How many have ever become this old.
  uint64_t entered() const { return samples + died; }

  double BytesPerSample() const { return samples > 0 ? bytes / static_cast<double>(samples) : 0; }
};

// A site at one tick as the ladder sees it. The scales nest: what is old at one is old at every finer one.
using SiteReading = std::array<OldSamples, kScales>;

// A site without ages is read as if everything were old at every scale: it is then judged by its level, its births and
// its deaths alone.
SiteReading ReadSite(const SiteSnapshot& site);

}  // namespace headroom

#endif  // HEADROOM_TREND_SITE_READING_H_
