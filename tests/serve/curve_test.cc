#include "serve/curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace headroom {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Drawn(const std::vector<MemoryPoint>& points) {
  Html page;
  WriteCurve(points, page);
  return page.Take();
}

TEST(Curve, RisesFromLeftToRightTowardsTheLimit) {
  const std::string svg =
      Drawn({{1000, 0, 0, 1 << 30}, {1900, 1 << 29, 1 << 28, 1 << 30}, {2800, 1 << 30, 1 << 29, 1 << 30}});
  EXPECT_THAT(svg, HasSubstr("stroke='var(--limit)' stroke-dasharray='5 4' points='0,18 170,18 340,18 '"));
  EXPECT_THAT(svg, HasSubstr("stroke='var(--curve)' stroke-width=2 points='0,112 170,65 340,18 '"));
  EXPECT_THAT(svg, HasSubstr("limit 1.0 GiB"));
  EXPECT_THAT(svg, HasSubstr("30 min ago"));
}

TEST(Curve, HasNoLimitWhereNoneIsKnown) {
  const std::string svg = Drawn({{0, 5, 5, 0}, {10, 10, 5, 0}});
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, Not(HasSubstr("limit")));
}

TEST(Curve, IsNotDrawnWithoutTwoPointsInTime) {
  EXPECT_EQ(Drawn({}), "");
  EXPECT_EQ(Drawn({{1, 2, 3, 4}}), "");
  EXPECT_EQ(Drawn({{5, 2, 3, 4}, {5, 2, 3, 4}}), "");
  EXPECT_EQ(Drawn({{1, 2, 3, 4}, {std::numeric_limits<double>::infinity(), 2, 3, 4}}), "");
}

TEST(Curve, StaysInItsPictureWhateverThePointsSay) {
  const std::string svg = Drawn({{-1e308, 1, -1e308, 0}, {7e307, UINT64_MAX, 1e308, UINT64_MAX}, {1e308, 0, 1e308, 1}});
  EXPECT_THAT(svg, Not(HasSubstr("inf")));
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, Not(HasSubstr("-1,")));
}

}  // namespace
}  // namespace headroom
