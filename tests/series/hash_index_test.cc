#include "series/hash_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace headroom {
namespace {

constexpr auto kEqualHashIsEnough = [](uint32_t) { return true; };

TEST(HashIndex, NumbersInTheOrderOfEntry) {
  HashIndex index;
  for (uint32_t i = 0; i < 10000; ++i) {
    EXPECT_EQ(index.FindOrAdd(i * 0x9e3779b97f4a7c15, kEqualHashIsEnough), std::make_pair(i, true));
  }
  for (uint32_t i = 0; i < 10000; ++i) {
    EXPECT_EQ(index.FindOrAdd(i * 0x9e3779b97f4a7c15, kEqualHashIsEnough), std::make_pair(i, false));
  }
  EXPECT_EQ(index.Find(12345, kEqualHashIsEnough), std::nullopt);
}

TEST(HashIndex, ThingsWithOneHashAreToldApart) {
  HashIndex index;
  std::vector<std::string> things;
  const auto number_of = [&](const std::string& thing) {
    const auto [number, is_new] = index.FindOrAdd(7, [&](uint32_t number) { return things[number] == thing; });
    if (is_new) things.push_back(thing);
    return number;
  };
  for (uint32_t i = 0; i < 200; ++i) EXPECT_EQ(number_of(std::to_string(i)), i);
  for (uint32_t i = 0; i < 200; ++i) EXPECT_EQ(number_of(std::to_string(i)), i);
}

TEST(HashIndex, NumbersAnewWhenCleared) {
  HashIndex index;
  for (uint32_t i = 0; i < 1000; ++i) index.FindOrAdd(i, kEqualHashIsEnough);
  index.Clear();
  EXPECT_EQ(index.Find(500, kEqualHashIsEnough), std::nullopt);
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(index.FindOrAdd(999 - i, kEqualHashIsEnough), std::make_pair(i, true));
}

TEST(HashIndex, RoomForLessThanThereIsTakesNothingAway) {
  HashIndex index;
  for (uint32_t i = 0; i < 1000; ++i) index.FindOrAdd(i, kEqualHashIsEnough);
  index.Reserve(1);
  EXPECT_EQ(index.Find(999, kEqualHashIsEnough), 999u);
}

}  // namespace
}  // namespace headroom
