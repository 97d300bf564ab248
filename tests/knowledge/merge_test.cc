#include "knowledge/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/knowledge/example_knowledge.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;

TEST(Merge, OfEachLevelTheHigherOneCounts) {
  Knowledge knowledge;
  Merge(Build("aa", {Site(1, 5e6F), Site(2, 9e6F)}), knowledge);
  BuildKnowledge news = Build("aa", {Site(1, 7e6F), Site(2, 8e6F), Site(3, 1e6F)});
  news.sites[0].records[4] = 1e6F;
  Merge(news, knowledge);
  ASSERT_THAT(knowledge.builds, SizeIs(1));
  const std::vector<KnownSite>& sites = knowledge.builds[0].sites;
  ASSERT_THAT(sites, SizeIs(3));
  EXPECT_EQ(sites[0].records[3], 7e6F);
  EXPECT_EQ(sites[0].records[4], 5e6F);
  EXPECT_EQ(sites[1].records, Level(9e6F));
  EXPECT_EQ(sites[2].records, Level(1e6F));
}

TEST(Merge, ANameOnceFoundStays) {
  Knowledge knowledge;
  Merge(Build("aa", {Site(1, 5e6F, 7)}), knowledge);
  Merge(Build("aa", {Site(1, 6e6F, 0)}), knowledge);
  EXPECT_EQ(knowledge.builds[0].sites[0].identity.name, 7U);
}

TEST(Merge, WhatWasLearnedMuchMoreCoarselyNeverOverrules) {
  Knowledge knowledge;
  Merge(Build("aa", {Site(1, 5e6F)}), knowledge);
  Merge(Build("aa", {Site(1, 9e7F, 0, 100 * kFine)}), knowledge);
  EXPECT_EQ(knowledge.builds[0].sites[0].records, Level(5e6F));
}

TEST(Merge, WhatIsLearnedMuchMoreFinelyTakesThePlace) {
  Knowledge knowledge;
  Merge(Build("aa", {Site(1, 9e7F, 0, 100 * kFine)}), knowledge);
  Merge(Build("aa", {Site(1, 5e6F)}), knowledge);
  EXPECT_EQ(knowledge.builds[0].sites[0].records, Level(5e6F));
  EXPECT_EQ(knowledge.builds[0].sites[0].sample_bytes, kFine);
}

TEST(Merge, TheBuildToldOfLastIsFirstAndTheOldestOfThreeGoes) {
  Knowledge knowledge;
  for (const char* build : {"aa", "bb", "aa", "cc"}) Merge(Build(build, {Site(1, 1e6F)}), knowledge);
  EXPECT_THAT(knowledge.builds,
              ElementsAre(Field(&BuildKnowledge::build_id, "cc"), Field(&BuildKnowledge::build_id, "aa")));
}

TEST(Merge, AnotherTickTakesOverWhatWasKnown) {
  Knowledge knowledge;
  Merge(Build("aa", {Site(1, 5e6F)}), knowledge);
  BuildKnowledge news = Build("aa", {});
  news.residual = {};
  news.seconds_per_tick = 20;
  Merge(news, knowledge);
  EXPECT_EQ(knowledge.builds[0].seconds_per_tick, 20);
  EXPECT_EQ(knowledge.builds[0].sites[0].records[0], 5e6F);
  EXPECT_EQ(knowledge.builds[0].sites[0].records[kScales - 1], 0);
  EXPECT_EQ(knowledge.builds[0].residual[kScales - 1], 0);
}

TEST(Merge, TheSitesThatHoldLeastGoWhereThereAreTooMany) {
  BuildKnowledge news = Build("aa", {});
  for (uint64_t place = 1; place <= kMaxKnownSites + 5; ++place) {
    news.sites.push_back(Site(place, static_cast<float>(place)));
  }
  Knowledge knowledge;
  Merge(news, knowledge);
  ASSERT_THAT(knowledge.builds[0].sites, SizeIs(kMaxKnownSites));
  for (const KnownSite& site : knowledge.builds[0].sites) EXPECT_GT(site.identity.place, 5U);
}

TEST(Merge, TheMostMemoryThatWasSurvivedIsKept) {
  Knowledge knowledge;
  Merge(Build("aa", {}), knowledge);
  BuildKnowledge news = Build("aa", {});
  news.survived_bytes = 5;
  Merge(news, knowledge);
  EXPECT_EQ(knowledge.builds[0].survived_bytes, 1U << 30);
}

}  // namespace
}  // namespace headroom
