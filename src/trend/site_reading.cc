#include "trend/site_reading.h"

#include <algorithm>

namespace headroom {
namespace {

SiteReading ReadLevels(const SiteSnapshot& site) {
  SiteReading reading;
  const uint64_t died = std::min(site.died_samples, site.born_samples);
  reading.fill({std::max(site.live_bytes(), 0.0), site.born_samples - died, died});
  return reading;
}

SiteReading ReadAges(const SiteSnapshot& site) {
  SiteReading reading;
  OldSamples older;
  for (int age_class = kAgeClasses - 1; age_class >= FirstAgeClass(0); --age_class) {
    const LiveSamples& live = site.live_by_age[age_class];
    if (live.samples > 0) older.bytes += std::max(live.bytes, 0.0);
    older.samples += live.samples;
    older.died += site.died_samples_by_age[age_class];
    reading[age_class - FirstAgeClass(0)] = older;
  }
  return reading;
}

}  // namespace

SiteReading ReadSite(const SiteSnapshot& site) { return site.has_ages ? ReadAges(site) : ReadLevels(site); }

}  // namespace headroom
