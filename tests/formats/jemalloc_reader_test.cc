#include "formats/jemalloc_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;

constexpr char kMaps[] =
    "\nMAPPED_LIBRARIES:\n"
    "401000-402000 r-xp 00001000 00:00 77        /opt/app\n";

TEST(JemallocReader, EachThreadIsUnbiasedByItself) {
  const Findings found =
      ReadText(std::string("heap_v2/4096\n  t*: 3: 9216 [0: 0]\n  t0: 3: 9216 [0: 0]\n@ 0x401235 0x401300\n") +
               "  t*: 3: 9216 [0: 0]\n  t0: 1: 1024 [0: 0]\n  t7: 2: 8192 [0: 0] worker\n" + kMaps);
  EXPECT_THAT(found.complaints, ElementsAre());
  ASSERT_EQ(found.dumps.size(), 1u);
  const DumpSite& site = found.dumps[0].sites.at(0);
  EXPECT_NEAR(site.live_bytes, 1024 / (1 - std::exp(-0.25)) + 8192 / (1 - std::exp(-1)), 1e-6);
  EXPECT_EQ(site.live_samples, 3u);
  EXPECT_FALSE(site.born_bytes);
  EXPECT_EQ(found.dumps[0].frames[site.stack[0]].offset, 0x1234u);
}

TEST(JemallocReader, AccumulatedCountsAreBirths) {
  const Findings found = ReadText(std::string("heap_v2/1\n  t*: 1: 64 [5: 320]\n  t0: 1: 64 [5: 320]\n@ 0x401235\n") +
                                  "  t*: 1: 64 [5: 320]\n  t0: 1: 64 [5: 320]\n" + kMaps);
  ASSERT_EQ(found.dumps.size(), 1u);
  EXPECT_EQ(found.dumps[0].sites.at(0).born_samples, 5u);
  EXPECT_EQ(found.dumps[0].sites[0].died_bytes, 256);
}

TEST(JemallocReader, WhatIsCutOffOrWrongIsNamed) {
  EXPECT_THAT(ReadText("heap_v2/4096\n  t*: 1: 1 [0: 0]\n").complaints,
              ElementsAre("dump: line 2: the file ends before MAPPED_LIBRARIES: it is cut off"));
  EXPECT_THAT(ReadText("heap_v2/x\n").complaints, ElementsAre("dump: line 1: expected the sampling period"));
  EXPECT_THAT(ReadText("heap_v2/1\nzebra\n").complaints,
              ElementsAre("dump: line 2: expected a stack \"@ 0x...\", a thread \"t1: ...\" or MAPPED_LIBRARIES"));
}

}  // namespace
}  // namespace headroom
