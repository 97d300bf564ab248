#include "hot/tables/bucket_index.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <random>
#include <set>

#include "tests/hot/race.h"
#include "tests/hot/sanitizer.h"
#include "tests/hot/zeroed_memory.h"

namespace headroom::hot {
namespace {

constexpr size_t kEntries = 1024;

class BucketIndexTest : public testing::Test {
 protected:
  BucketIndexTest() : memory_(BucketIndex::BytesFor(kEntries)) { index_.Attach(memory_.get(), kEntries); }

  bool Has(uint64_t hash, uint32_t position) const {
    return index_.Find(hash, [&](uint32_t candidate) { return candidate == position; }) == position;
  }

  ZeroedMemory memory_;
  BucketIndex index_;
};

TEST_F(BucketIndexTest, WhatWasInsertedIsFoundUnderItsHashOnly) {
  constexpr uint64_t kHash = 0x0123456789ABCDEF;
  ASSERT_TRUE(index_.Insert(kHash, 7));
  EXPECT_TRUE(Has(kHash, 7));
  EXPECT_FALSE(Has(kHash, 8));
  EXPECT_FALSE(Has(kHash ^ (uint64_t{1} << 60), 7)) << "same buckets, another tag";
  EXPECT_FALSE(Has(~kHash, 7));
}

TEST_F(BucketIndexTest, FirstAndLastPositionAreExactForEveryTag) {
  for (uint64_t tag = 0; tag < 256; ++tag) {
    const uint64_t hash = tag << 56 | tag;
    for (const uint32_t position : {0u, 1u, BucketIndex::kMaxPosition}) {
      ASSERT_TRUE(index_.Insert(hash, position));
      EXPECT_TRUE(Has(hash, position)) << tag << " " << position;
      EXPECT_TRUE(index_.Remove(hash, position));
    }
  }
  EXPECT_TRUE(memory_.IsAllZero());
}

TEST_F(BucketIndexTest, RemovedEntryIsGoneAndLeavesNothing) {
  ASSERT_TRUE(index_.Insert(42, 3));
  EXPECT_TRUE(index_.Remove(42, 3));
  EXPECT_FALSE(index_.Remove(42, 3));
  EXPECT_FALSE(Has(42, 3));
  EXPECT_TRUE(memory_.IsAllZero());
}

TEST_F(BucketIndexTest, CandidatesOfOneHashAreAllShownUntilOneMatches) {
  for (uint32_t position = 0; position < 20; ++position) ASSERT_TRUE(index_.Insert(42, position));
  std::set<uint32_t> shown;
  EXPECT_EQ(index_.Find(42, [&](uint32_t candidate) { return shown.insert(candidate), false; }), BucketIndex::kNotFound);
  EXPECT_EQ(shown.size(), 20u);
  EXPECT_EQ(index_.Find(42, [&](uint32_t candidate) { return candidate == 13; }), 13u);
}

TEST_F(BucketIndexTest, FullBucketsRefuseAndHaveRoomAfterARemoval) {
  constexpr uint64_t kHash = 5 | uint64_t{9} << 28;
  for (uint32_t position = 0; position < 2 * BucketIndex::kBucketEntries; ++position) {
    ASSERT_TRUE(index_.Insert(kHash, position));
  }
  EXPECT_FALSE(index_.Insert(kHash, 99));
  EXPECT_FALSE(Has(kHash, 99));
  EXPECT_TRUE(index_.Remove(kHash, 20));
  EXPECT_TRUE(index_.Insert(kHash, 99));
  EXPECT_TRUE(Has(kHash, 99));
}

TEST_F(BucketIndexTest, HashWhoseTwoBucketsAreOneFindsIt) {
  constexpr uint64_t kHash = 5 | uint64_t{5} << 28;
  for (uint32_t position = 0; position < BucketIndex::kBucketEntries; ++position) ASSERT_TRUE(index_.Insert(kHash, position));
  EXPECT_FALSE(index_.Insert(kHash, 99));
  for (uint32_t position = 0; position < BucketIndex::kBucketEntries; ++position) EXPECT_TRUE(index_.Remove(kHash, position));
  EXPECT_TRUE(memory_.IsAllZero());
}

TEST_F(BucketIndexTest, NineTenthsFullRefuseAlmostNothing) {
  std::mt19937_64 random(1);
  int refused = 0;
  for (uint32_t position = 0; position < kEntries * 9 / 10; ++position) refused += !index_.Insert(random(), position);
  EXPECT_LE(refused, 2);
}

TEST_F(BucketIndexTest, EachRemovalHasOneWinner) {
  constexpr int kRounds = Repetitions(200);
  constexpr uint32_t kHeld = 700;
  const auto hash_of = [](uint32_t position) { return (position + 1) * 0x9E3779B97F4A7C15u; };
  std::atomic<uint32_t> inserted{0}, removed{0};
  Race(
      kRounds,
      [&] {
        for (uint32_t position = 0; position < kHeld; ++position) inserted += index_.Insert(hash_of(position), position);
      },
      [&] {
        for (uint32_t position = 0; position < kHeld; ++position) removed += index_.Remove(hash_of(position), position);
      });
  EXPECT_EQ(removed, inserted);
  EXPECT_GE(inserted, kHeld * kRounds / 2);
  EXPECT_TRUE(memory_.IsAllZero());
}

}  // namespace
}  // namespace headroom::hot
