#include "series/object_count.h"

#include <gtest/gtest.h>

#include <cmath>

namespace headroom {
namespace {

TEST(ObjectCount, WithoutSamplingBothAreTheSame) {
  EXPECT_EQ(SamplesBehind(7, 700, 0), 7u);
  EXPECT_EQ(SamplesBehind(7, 700, 1), 7u);
  EXPECT_EQ(ObjectsBehind(7, 700, 0), 7);
}

TEST(ObjectCount, EachIsWorkedOutOfTheOther) {
  constexpr uint64_t kSampleBytes = 524288;
  for (const double object_bytes : {16.0, 4096.0, 524288.0, 33554432.0}) {
    for (const uint64_t samples : {1u, 25u, 4000u}) {
      const double objects = static_cast<double>(samples) / -std::expm1(-object_bytes / kSampleBytes);
      const double bytes = objects * object_bytes;
      EXPECT_EQ(SamplesBehind(objects, bytes, kSampleBytes), samples);
      EXPECT_NEAR(ObjectsBehind(samples, bytes, kSampleBytes) / objects, 1, 1e-6) << object_bytes;
    }
  }
}

TEST(ObjectCount, WhatCannotBeStaysFinite) {
  EXPECT_EQ(SamplesBehind(0, 0, 1000), 0u);
  EXPECT_EQ(SamplesBehind(1, 0, 1000), 1u);
  EXPECT_EQ(ObjectsBehind(0, 100, 1000), 0);
  EXPECT_EQ(ObjectsBehind(5, 0, 1000), 5);
  EXPECT_EQ(ObjectsBehind(5, 10, 1000), 10);  // more samples than so few bytes can have
}

}  // namespace
}  // namespace headroom
