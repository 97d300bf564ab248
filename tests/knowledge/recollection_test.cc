#include "knowledge/recollection.h"

#include <gtest/gtest.h>

#include "tests/knowledge/example_knowledge.h"

namespace headroom {
namespace {

const Present kPresent{"aa", 10, 524288};

uint64_t NobodyAsks() {
  ADD_FAILURE() << "a name costs a look at the table of symbols";
  return 0;
}

auto Named(uint64_t name) {
  return [name] { return name; };
}

TEST(Recollection, ASiteOfTheSameBuildIsKnownByItsPlace) {
  const Recollection recollection({{Build("aa", {Site(1, 5e6F, 7)})}}, kPresent);
  EXPECT_EQ(recollection.Of(1, NobodyAsks), Level(5e6F));
  EXPECT_EQ(recollection.Of(2, NobodyAsks), Records{});
  EXPECT_EQ(recollection.residual(), Level(5e6F));
  EXPECT_EQ(recollection.own_sites(), 1U);
}

TEST(Recollection, ASiteOfAnotherBuildIsKnownByItsNamesInPart) {
  const Recollection recollection({{Build("bb", {Site(1, 5e6F, 7), Site(2, 4e6F)})}}, kPresent);
  EXPECT_EQ(recollection.other_sites(), 1U);
  EXPECT_LT(recollection.Of(9, Named(7))[0], 5e6F);
  EXPECT_GT(recollection.Of(9, Named(7))[0], 2e6F);
  EXPECT_EQ(recollection.Of(1, Named(8)), Records{}) << "places are those of the build";
  EXPECT_EQ(recollection.Of(2, Named(0)), Records{}) << "no name is no name in common";
}

TEST(Recollection, OfSeveralSitesThatShareTheirNamesTheLowestLevelCounts) {
  const Recollection alone({{Build("bb", {Site(2, 4e6F, 7)})}}, kPresent);
  const Recollection shared({{Build("bb", {Site(1, 5e6F, 7), Site(2, 4e6F, 7), Site(3, 6e6F, 7)})}}, kPresent);
  EXPECT_EQ(shared.Of(9, Named(7)), alone.Of(9, Named(7)));
}

TEST(Recollection, WhatTheBuildItselfTaughtGoesBeforeTheOther) {
  BuildKnowledge own = Build("aa", {Site(1, 1e6F)});
  own.sites[0].records[12] = 0;
  const Recollection recollection({{own, Build("bb", {Site(5, 9e6F, 7)})}}, kPresent);
  const Records records = recollection.Of(1, Named(7));
  EXPECT_EQ(records[0], 1e6F);
  EXPECT_GT(records[12], 1e6F) << "and is completed by it";
}

TEST(Recollection, WhatWasLearnedMuchMoreCoarselyIsLeftOut) {
  const Recollection recollection({{Build("aa", {Site(1, 5e7F, 0, 5 * kFine), Site(2, 5e7F, 0, 3 * kFine)})}},
                                  kPresent);
  EXPECT_EQ(recollection.Of(1, NobodyAsks), Records{});
  EXPECT_EQ(recollection.Of(2, NobodyAsks), Level(5e7F));
}

TEST(Recollection, AnotherTickIsTakenIntoAccount) {
  const Recollection recollection({{Build("aa", {Site(1, 5e6F)})}}, {"aa", 40, 524288});
  EXPECT_EQ(recollection.Of(1, NobodyAsks)[kScales - 3], 5e6F);
  EXPECT_EQ(recollection.Of(1, NobodyAsks)[kScales - 2], 0);
}

TEST(Recollection, OfNothingIsNothing) {
  const Recollection recollection(Knowledge{}, kPresent);
  EXPECT_EQ(recollection.Of(1, NobodyAsks), Records{});
  EXPECT_EQ(recollection.residual(), Records{});
}

}  // namespace
}  // namespace headroom
