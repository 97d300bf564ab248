#include "trend/site_reading.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

SiteSnapshot WithAges() {
  SiteSnapshot site;
  site.has_ages = true;
  site.born_samples = 100;
  site.died_samples = 40;
  for (int age_class = 0; age_class < kAgeClasses; ++age_class) {
    site.live_by_age[age_class] = {age_class + 1u, 1000.0 * (age_class + 1)};
    site.died_samples_by_age[age_class] = 2;
  }
  return site;
}

TEST(ReadSite, SumsAllClassesThatAreWhollyOldEnough) {
  const SiteReading reading = ReadSite(WithAges());
  // 4 ticks and more: classes 3 to 15, as class 3 holds the ages 4 to 7.
  EXPECT_EQ(reading[0].samples, 130U);
  EXPECT_EQ(reading[0].bytes, 130000);
  EXPECT_EQ(reading[0].died, 26U);
  EXPECT_EQ(reading[0].entered(), 156U);
  EXPECT_EQ(reading[kScales - 1].samples, 16U);
  EXPECT_EQ(reading[kScales - 1].died, 2U);
}

TEST(ReadSite, ScalesNest) {
  const SiteReading reading = ReadSite(WithAges());
  for (int scale = 1; scale < kScales; ++scale) EXPECT_LT(reading[scale].samples, reading[scale - 1].samples);
}

TEST(ReadSite, RoundingErrorsOfEmptyClassesAreNotBytes) {
  SiteSnapshot site;
  site.has_ages = true;
  site.live_by_age[5].bytes = 1e-7;
  site.live_by_age[6].bytes = -1e-7;
  EXPECT_EQ(ReadSite(site)[0].bytes, 0);
}

TEST(ReadSite, WithoutAgesTheWholeLevelCountsAtEveryScale) {
  SiteSnapshot site;
  site.born_samples = 10;
  site.died_samples = 4;
  site.born_bytes = 1000;
  site.died_bytes = 300;
  const SiteReading reading = ReadSite(site);
  for (const OldSamples& old : reading) {
    EXPECT_EQ(old.bytes, 700);
    EXPECT_EQ(old.samples, 6U);
    EXPECT_EQ(old.died, 4U);
  }
}

TEST(ReadSite, MoreDeathsThanBirthsAreNotBelieved) {
  SiteSnapshot site;
  site.born_samples = 3;
  site.died_samples = 5;
  EXPECT_EQ(ReadSite(site)[0].samples, 0U);
}

}  // namespace
}  // namespace headroom
