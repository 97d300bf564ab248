#include "recorder/top_sites.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

namespace headroom {
namespace {

std::vector<uint64_t> KeysOfTop(std::initializer_list<SiteWeight> sites) {
  TopSites top;
  for (const SiteWeight& site : sites) top.Offer(site);
  std::vector<uint64_t> keys;
  for (const SiteWeight& site : top.Sort()) keys.push_back(site.site_key);
  return keys;
}

TEST(TopSites, GrowthCountsBeforeSize) {
  EXPECT_THAT(KeysOfTop({{0, 900, 1}, {5, 1, 2}, {7, 1, 3}, {0, 1000, 4}}), ::testing::ElementsAre(3, 2, 4, 1));
}

TEST(TopSites, KnowTheCallersIndex) {
  TopSites top;
  top.Offer({0, 1, 77, 3});
  EXPECT_EQ(top.Sort().front().index, 3u);
}

TEST(TopSites, AreTheHeaviestInWhateverOrderTheyCome) {
  TopSites rising, falling;
  for (uint64_t key = 1; key <= 5000; ++key) {
    rising.Offer({0, static_cast<double>(key), key});
    falling.Offer({0, static_cast<double>(5001 - key), 5001 - key});
  }
  const std::vector<SiteWeight>& top = rising.Sort();
  ASSERT_EQ(top.size(), kMaxTopSites);
  EXPECT_EQ(top.front().site_key, 5000u);
  EXPECT_EQ(top.back().site_key, 5001 - kMaxTopSites);
  EXPECT_EQ(top, falling.Sort());
}

TEST(TopSites, AreNoneWhereNoneWasOffered) { EXPECT_TRUE(TopSites().Sort().empty()); }

}  // namespace
}  // namespace headroom
