#include "formats/site_sum.h"

#include <algorithm>

namespace headroom {
namespace {

// What one of the two does not know, the sum does not know.
template <typename Number>
void AddKnown(const std::optional<Number>& other, std::optional<Number>& sum) {
  sum = sum && other ? std::optional<Number>(*sum + *other) : std::nullopt;
}

void AddAges(const std::optional<std::vector<AgedSamples>>& other, std::optional<std::vector<AgedSamples>>& sum) {
  if (!sum || !other) return sum.reset();
  for (const AgedSamples& aged : *other) {
    const auto place = std::ranges::lower_bound(*sum, aged.age_low_s, {}, &AgedSamples::age_low_s);
    if (place == sum->end() || place->age_low_s != aged.age_low_s) {
      sum->insert(place, aged);
    } else {
      place->bytes += aged.bytes;
      place->samples += aged.samples;
    }
  }
}

}  // namespace

void AddCounts(const SiteCounts& other, SiteCounts& sum) {
  sum.live_bytes += other.live_bytes;
  AddKnown(other.live_samples, sum.live_samples);
  AddKnown(other.born_bytes, sum.born_bytes);
  AddKnown(other.died_bytes, sum.died_bytes);
  AddKnown(other.born_samples, sum.born_samples);
  AddKnown(other.died_samples, sum.died_samples);
  AddAges(other.ages, sum.ages);
  AddAges(other.died_ages, sum.died_ages);
  if (sum.oldest_s && other.oldest_s) sum.oldest_s = std::max(*sum.oldest_s, *other.oldest_s);
}

}  // namespace headroom
