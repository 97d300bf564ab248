#include "trend/site_map.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>
#include <vector>

namespace headroom {
namespace {

class SiteMapTest : public ::testing::Test {
 protected:
  void Add(std::initializer_list<uint64_t> keys) {
    for (const uint64_t key : keys) map_.Add(key, /*known_since=*/key, SiteSnapshot());
  }

  // Asks for each, and says for which of them another site or none was found.
  std::vector<uint64_t> WronglyFoundInRound(std::initializer_list<uint64_t> keys) {
    map_.BeginRound();
    std::vector<uint64_t> wrong;
    for (const uint64_t key : keys) {
      const SiteTrend* found = map_.Find(key);
      if (found != std::as_const(map_).Find(key) || found == nullptr) wrong.push_back(key);
    }
    return wrong;
  }

  SiteMap map_;
};

using Keys = std::vector<uint64_t>;

TEST_F(SiteMapTest, SitesAreFoundInWhateverOrderTheyAreAskedFor) {
  Add({1, 2, 3, 4, 5, 6});
  EXPECT_EQ(WronglyFoundInRound({1, 2, 3, 4, 5, 6}), Keys());
  EXPECT_EQ(WronglyFoundInRound({1, 3, 4, 6}), Keys()) << "some are missing";
  EXPECT_EQ(WronglyFoundInRound({1, 2, 3, 4, 5, 6}), Keys()) << "and come back";
  EXPECT_EQ(WronglyFoundInRound({6, 5, 4, 3, 2, 1}), Keys());
  EXPECT_EQ(WronglyFoundInRound({4, 6, 6, 1, 4}), Keys());
}

TEST_F(SiteMapTest, UnknownSiteIsNotFoundAndDisturbsNobody) {
  Add({1, 2, 3});
  EXPECT_EQ(WronglyFoundInRound({1, 9, 2, 8, 7, 3}), (Keys{9, 8, 7}));
  EXPECT_EQ(WronglyFoundInRound({1, 9, 2, 8, 7, 3}), (Keys{9, 8, 7}));
}

TEST_F(SiteMapTest, ErasedSiteIsGoneFromTheOrderToo) {
  Add({1, 2, 3, 4});
  EXPECT_EQ(WronglyFoundInRound({1, 2, 3, 4}), Keys());
  map_.Erase(2);
  EXPECT_EQ(WronglyFoundInRound({1, 2, 3, 4}), Keys{2});
  map_.BeginRound();
  EXPECT_NE(map_.Find(1), nullptr);
  map_.Erase(1);
  map_.Erase(3);
  EXPECT_EQ(map_.Find(1), nullptr);
  EXPECT_EQ(map_.Find(3), nullptr);
  EXPECT_NE(map_.Find(4), nullptr);
  EXPECT_EQ(WronglyFoundInRound({1, 4}), Keys{1});
}

TEST_F(SiteMapTest, ClearedMapFindsNothing) {
  Add({1, 2});
  WronglyFoundInRound({1, 2});
  map_.Clear();
  EXPECT_EQ(map_.size(), 0u);
  EXPECT_EQ(WronglyFoundInRound({1, 2}), (Keys{1, 2}));
}

}  // namespace
}  // namespace headroom
