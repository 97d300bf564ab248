#include "knowledge/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>

#include "dump/checksum.h"
#include "tests/knowledge/example_knowledge.h"

namespace headroom {
namespace {

using testing::HasSubstr;

Knowledge Example() { return {{Build("beef01", {Site(1, 5e6F, 7), Site(2, 0)}), Build("", {Site(3, 1e3F)})}}; }

constexpr size_t kChecksumAt = 8, kVersionAt = 12, kBuildsAt = 24, kFirstBuildAt = 32, kTickAt = kFirstBuildAt + 64;
constexpr size_t kFirstSiteAt = kFirstBuildAt + 136, kSitesAt = kFirstSiteAt - 4;

// The file with another value somewhere, and the checksum that belongs to it.
template <typename Value>
std::string With(size_t at, Value value) {
  std::string file = Encode(Example());
  std::memcpy(file.data() + at, &value, sizeof(value));
  const uint32_t checksum = Checksum(std::string_view(file).substr(kVersionAt));
  std::memcpy(file.data() + kChecksumAt, &checksum, sizeof(checksum));
  return file;
}

void ExpectRefused(const std::string& file, Decoding decoding, const std::string& flaw) {
  const Decoded decoded = Decode(file);
  EXPECT_EQ(decoded.decoding, decoding);
  EXPECT_THAT(decoded.flaw, HasSubstr(flaw));
  EXPECT_TRUE(decoded.knowledge.builds.empty());
}

TEST(KnowledgeFormat, WhatIsWrittenIsReadAgain) {
  const Decoded decoded = Decode(Encode(Example()));
  ASSERT_EQ(decoded.decoding, Decoding::kDone) << decoded.flaw;
  const auto& builds = decoded.knowledge.builds;
  ASSERT_EQ(builds.size(), 2U);
  EXPECT_EQ(builds[0].build_id, "beef01");
  EXPECT_EQ(builds[0].seconds_per_tick, 10);
  EXPECT_EQ(builds[0].survived_bytes, 1U << 30);
  EXPECT_EQ(builds[0].residual, Level(5e6F));
  ASSERT_EQ(builds[0].sites.size(), 2U);
  EXPECT_EQ(builds[0].sites[0].identity.place, 1U);
  EXPECT_EQ(builds[0].sites[0].identity.name, 7U);
  EXPECT_EQ(builds[0].sites[0].sample_bytes, kFine);
  EXPECT_EQ(builds[0].sites[0].records, Level(5e6F));
  EXPECT_EQ(builds[1].sites[0].identity.place, 3U);
}

TEST(KnowledgeFormat, EachByteThatChangesIsNoticed) {
  const std::string whole = Encode(Example());
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string file = whole;
    file[i] = static_cast<char>(file[i] ^ 0x10);
    EXPECT_NE(Decode(file).decoding, Decoding::kDone) << i;
  }
}

TEST(KnowledgeFormat, EachCutIsNoticed) {
  const std::string whole = Encode(Example());
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Decode(std::string_view(whole).substr(0, size)).decoding, Decoding::kDone) << size;
  }
  ExpectRefused(whole + "x", Decoding::kDamaged, "bytes");
}

TEST(KnowledgeFormat, AnothersFileIsForeign) {
  ExpectRefused("#!/bin/sh\nexit 0\n", Decoding::kForeign, "byte 0: no knowledge of headroom begins here");
}

TEST(KnowledgeFormat, ANewerVersionIsForeign) {
  ExpectRefused(With<uint32_t>(kVersionAt, 2), Decoding::kForeign, "byte 12: layout version 2, expected 1");
}

TEST(KnowledgeFormat, AFileThatIsTooLargeIsForeign) {
  ExpectRefused(std::string(kMaxKnowledgeBytes + 1, 'x'), Decoding::kForeign, "too large");
}

TEST(KnowledgeFormat, AnEmptyFileIsWhatACrashOfTheHostLeaves) { ExpectRefused("", Decoding::kDamaged, "empty"); }

TEST(KnowledgeFormat, NumbersThatCannotBeAreDamageThoughTheChecksumFits) {
  ExpectRefused(With<uint64_t>(kBuildsAt, 1U << 20), Decoding::kDamaged, "too many builds");
  ExpectRefused(With<uint64_t>(kBuildsAt, 1), Decoding::kDamaged, "follows the last build");
  ExpectRefused(With<uint32_t>(kSitesAt, 0xFFFFFFFF), Decoding::kDamaged, "byte 32: no build is here");
  for (const double tick : {0.0, -1.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
    ExpectRefused(With(kTickAt, tick), Decoding::kDamaged, "byte 32: no build is here");
  }
  for (const float bytes : {-1.0F, 1e30F, std::numeric_limits<float>::quiet_NaN()}) {
    ExpectRefused(With(kFirstSiteAt + 20, bytes), Decoding::kDamaged, "byte 32: no build is here");
  }
}

TEST(KnowledgeFormat, AFullFileFits) {
  Knowledge knowledge;
  for (const char* id : {"aa", "bb"}) {
    BuildKnowledge& build = knowledge.builds.emplace_back(Build(id + std::string(62, '0'), {}));
    for (uint64_t place = 0; place < kMaxKnownSites; ++place) build.sites.push_back(Site(place, 1e6F));
  }
  const std::string file = Encode(knowledge);
  EXPECT_LE(file.size(), kMaxKnowledgeBytes);
  EXPECT_EQ(Decode(file).decoding, Decoding::kDone);
}

}  // namespace
}  // namespace headroom
