#include "symbols/site_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace headroom {
namespace {

std::vector<Frame> Stack() {
  Frame inner, outer;
  inner.function = "send";
  inner.module = "/usr/lib/libreport.so";
  inner.build_id = "1234abcd";
  inner.offset = 0x1234;
  outer.module = "/usr/sbin/daemon";
  outer.build_id = "beef";
  outer.offset = 0x4321;
  return {inner, outer};
}

TEST(StableSiteId, IsTheSameInEveryRelease) { EXPECT_EQ(StableSiteId(Stack()), "001e68999687caa2"); }

TEST(StableSiteId, DirectoryAndNamesDoNotMatter) {
  std::vector<Frame> frames = Stack();
  frames[0].module = "/opt/elsewhere/libreport.so";
  frames[0].function = "";
  frames[1].module = "daemon";
  frames[1].line = 7;
  EXPECT_EQ(StableSiteId(frames), StableSiteId(Stack()));
}

TEST(StableSiteId, EveryDifferenceInTheCodeMatters) {
  std::vector<std::vector<Frame>> stacks(7, Stack());
  stacks[1][0].module = "/usr/lib/libother.so";
  stacks[2][0].build_id = "1234abce";
  stacks[3][1].offset += 1;
  std::swap(stacks[4][0], stacks[4][1]);
  stacks[5].pop_back();
  stacks[6].clear();
  std::set<std::string> ids;
  for (const std::vector<Frame>& frames : stacks) ids.insert(StableSiteId(frames));
  EXPECT_EQ(ids.size(), stacks.size());
}

TEST(StableSiteId, CodeWithoutAModuleCountsAsOnePlace) {
  std::vector<Frame> first = Stack(), second = Stack();
  first.emplace_back().offset = 0x7f0000001000;
  second.emplace_back().offset = 0x7f0000002000;
  EXPECT_EQ(StableSiteId(first), StableSiteId(second));
  EXPECT_NE(StableSiteId(first), StableSiteId(Stack()));
}

TEST(StableSiteId, IsSixteenHexadecimalDigits) {
  EXPECT_THAT(StableSiteId({}), ::testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(StableSiteId({}).size(), 16u);
}

TEST(SiteNameNumber, HoldsForTheNextBuild) {
  std::vector<Frame> built_anew = Stack();
  built_anew[0].build_id = "5678";
  built_anew[0].offset = 0x9999;
  EXPECT_EQ(SiteNameNumber(built_anew), SiteNameNumber(Stack()));
  EXPECT_NE(StableSiteNumber(built_anew), StableSiteNumber(Stack()));
}

TEST(SiteNameNumber, AFrameWithoutANameHoldsForItsBuildAlone) {
  std::vector<Frame> built_anew = Stack();
  built_anew[1].build_id = "5678";
  EXPECT_NE(SiteNameNumber(built_anew), SiteNameNumber(Stack()));
}

TEST(SiteNameNumber, OtherFunctionsAndModulesAreOtherSites) {
  std::vector<Frame> other_function = Stack(), other_module = Stack();
  other_function[0].function = "receive";
  other_module[0].module = "/usr/lib/libother.so";
  EXPECT_NE(SiteNameNumber(other_function), SiteNameNumber(Stack()));
  EXPECT_NE(SiteNameNumber(other_module), SiteNameNumber(Stack()));
}

}  // namespace
}  // namespace headroom
