#include "recorder/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headroom {
namespace {

SiteStatus Site(uint64_t site_key, double growth, double live_bytes) {
  SiteStatus site;
  site.site_key = site_key;
  site.growth_bytes_per_s = {growth, growth, growth};
  site.live_bytes = live_bytes;
  return site;
}

TEST(TopSites, GrowthCountsBeforeSize) {
  std::vector<SiteStatus> sites = {Site(1, 0, 900), Site(2, 5, 1), Site(3, 7, 1), Site(4, 0, 1000)};
  KeepTopSites(sites);
  std::vector<uint64_t> keys;
  for (const SiteStatus& site : sites) keys.push_back(site.site_key);
  EXPECT_THAT(keys, ::testing::ElementsAre(3, 2, 4, 1));
}

TEST(TopSites, AreBounded) {
  std::vector<SiteStatus> sites;
  for (uint64_t key = 1; key <= 5000; ++key) sites.push_back(Site(key, 0, static_cast<double>(key)));
  KeepTopSites(sites);
  ASSERT_EQ(sites.size(), kMaxTopSites);
  EXPECT_EQ(sites.front().site_key, 5000u);
  EXPECT_EQ(sites.back().site_key, 5001 - kMaxTopSites);
}

}  // namespace
}  // namespace headroom
