// What stands in the tables, as the tests of this room ask for it.
#ifndef HEADROOM_TESTS_HOT_HOOKS_RECORDED_H_
#define HEADROOM_TESTS_HOT_HOOKS_RECORDED_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <map>

#include "hot/hooks/record.h"
#include "tests/hot/armed_tables.h"

namespace headroom::hot {

using LiveSamples = std::map<uintptr_t, Sample>;

inline LiveSamples Live() {
  LiveSamples samples;
  tables.live.Visit([&](uintptr_t address, const Sample& sample) {
    EXPECT_TRUE(samples.emplace(address, sample).second) << "recorded twice";
  });
  return samples;
}

// Sums over all sites.
struct Totals {
  uint64_t born_samples = 0, born_bytes = 0, died_samples = 0, died_bytes = 0, pins = 0;
};

inline Totals CountAll() {
  Totals totals;
  for (uint32_t i = 0; i < tables.sites.high_water(); ++i) {
    const Site& site = tables.sites.site(i);
    totals.born_samples += site.born_samples;
    totals.born_bytes += site.born_bytes;
    totals.died_samples += site.died_samples;
    totals.died_bytes += site.died_bytes;
    totals.pins += site.pins & 0x7FFFFFFFu;
  }
  return totals;
}

inline bool FilterIsEmpty() {
  const char* counts = static_cast<const char*>(tables.filter.base());
  for (size_t i = 0; i < AddressFilter::kBytes; ++i) {
    if (counts[i] != 0) return false;
  }
  return true;
}

// Every test ends with the law of the tables: what was born and did not die is live, is pinned, and nothing else is.
class Recorded : public ArmedTables {
 protected:
  using ArmedTables::ArmedTables;

  void TearDown() override {
    const LiveSamples live = Live();
    uint64_t live_bytes = 0;
    for (const auto& [address, sample] : live) live_bytes += sample.weight_bytes;
    const Totals totals = CountAll();
    EXPECT_EQ(totals.born_samples - totals.died_samples, live.size());
    EXPECT_EQ(totals.born_bytes - totals.died_bytes, live_bytes);
    EXPECT_EQ(totals.pins, live.size());
    if (live.empty()) {
      EXPECT_TRUE(FilterIsEmpty());
      EXPECT_TRUE(tables.mappings.empty());
    }
  }

  static void* Block(uintptr_t number) { return reinterpret_cast<void*>(uintptr_t{0x7F0000000010} + 64 * number); }
  static uintptr_t AddressOf(const void* block) { return reinterpret_cast<uintptr_t>(block); }
};

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_HOOKS_RECORDED_H_
