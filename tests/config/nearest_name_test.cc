#include "config/nearest_name.h"

#include <gtest/gtest.h>

#include <string>

namespace headroom {
namespace {

constexpr std::string_view kNames[] = {"INTERVAL", "LIMIT", "LOG", "SAMPLE_BYTES"};

TEST(NearestName, OneOrTwoEditsAreATypo) {
  EXPECT_EQ(NearestName("INTERVALL", kNames), "INTERVAL");
  EXPECT_EQ(NearestName("INTEVAL", kNames), "INTERVAL");
  EXPECT_EQ(NearestName("INTERWAL", kNames), "INTERVAL");
  EXPECT_EQ(NearestName("SAMPLBYTES", kNames), "SAMPLE_BYTES");
}

TEST(NearestName, SwappedNeighboursAreOneEdit) {
  EXPECT_EQ(NearestName("LGO", kNames), "LOG");
  EXPECT_EQ(NearestName("LIIMT", kNames), "LIMIT");
}

TEST(NearestName, CaseIsFree) { EXPECT_EQ(NearestName("limit", kNames), "LIMIT"); }

TEST(NearestName, ThreeEditsAreAnotherName) { EXPECT_EQ(NearestName("INTERXYZ", kNames), ""); }

TEST(NearestName, ShortNameMustKeepMostOfItsLetters) { EXPECT_EQ(NearestName("FOO", kNames), ""); }

TEST(NearestName, EmptyAndVeryLongNamesHaveNone) {
  EXPECT_EQ(NearestName("", kNames), "");
  EXPECT_EQ(NearestName(std::string(64, 'L'), kNames), "");
  EXPECT_EQ(NearestName(std::string(63, 'L'), kNames), "");
  EXPECT_EQ(NearestName("LIMIT", {}), "");
}

}  // namespace
}  // namespace headroom
