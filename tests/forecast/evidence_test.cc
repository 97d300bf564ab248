#include "forecast/evidence.h"

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

Growth Leak() {
  Growth growth = testing::StraightGrowth(50, 64);
  growth.survivors = 312;
  return growth;
}

TEST(Evidence, CountsSurvivorsDeathsAndWindows) {
  EXPECT_EQ(Evidence(Leak(), 10),
            "312 samples born here are still alive after more than 80 s, none that got older than 160 s ever died; "
            "the floor rose in each of the last 8 windows of 80 s");
}

TEST(Evidence, BlocksThatStoodStillAreNotHidden) {
  Growth growth = Leak();
  growth.window.flat = 2;
  EXPECT_NE(Evidence(growth, 10).find("rose in 6 of the last 8 windows"), std::string::npos);
}

TEST(Evidence, DeathsOfOldObjectsAreNotHidden) {
  Growth growth = Leak();
  growth.died_older = 17;
  EXPECT_NE(Evidence(growth, 10).find("17 that got older than 160 s ever died"), std::string::npos);
}

TEST(Evidence, ShortTimesHaveOneDecimal) {
  EXPECT_NE(Evidence(Leak(), 0.25).find("more than 2 s"), std::string::npos);
  EXPECT_NE(Evidence(Leak(), 0.3).find("more than 2.4 s"), std::string::npos);
}

TEST(Evidence, OfManyStacksSaysSo) {
  Growth growth = Leak();
  growth.kind = GrowthKind::kDiffuse;
  EXPECT_NE(Evidence(growth, 10).find("312 samples of many call stacks"), std::string::npos);
}

TEST(Evidence, WithoutAgesOnlyBirthsAndDeathsAreCounted) {
  Growth growth = Leak();
  growth.has_ages = false;
  growth.window.entered = 400;
  growth.window.died = 88;
  EXPECT_EQ(Evidence(growth, 10),
            "400 samples were born here and 88 died within 640 s, ages unknown; the floor rose in each of the last 8 "
            "windows of 80 s");
}

TEST(Evidence, OfTheResidualNamesNoSample) {
  Growth growth = Leak();
  growth.kind = GrowthKind::kResidual;
  EXPECT_EQ(Evidence(growth, 10),
            "resident memory beyond what live allocations explain rose in each of the last 8 windows of 80 s and never "
            "was as high before");
}

}  // namespace
}  // namespace headroom
