#include "formats/gperftools_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;

constexpr char kMaps[] =
    "\nMAPPED_LIBRARIES:\n"
    "400000-401000 r--p 00000000 00:00 77        /opt/app\n"
    "401000-402000 r-xp 00001000 00:00 77        /opt/app\n";

std::string Profile(const std::string& header, const std::string& lines) {
  return "heap profile: " + header + "\n" + lines + kMaps;
}

TEST(GperftoolsReader, AddressesBecomeTheCallsInTheirModules) {
  const Findings found =
      ReadText(Profile("1: 10 [ 3: 30] @ heapprofile", "  1: 10 [ 3: 30] @ 0x401235 0x400100 0x900000\n"));
  EXPECT_THAT(found.complaints, ElementsAre());
  ASSERT_EQ(found.dumps.size(), 1u);
  const Dump& dump = found.dumps[0];
  EXPECT_EQ(dump.frames.at(0).module, "/opt/app");
  EXPECT_EQ(dump.frames.at(0).offset, 0x1234u);
  EXPECT_EQ(dump.frames.at(1).offset, 0xffu);
  EXPECT_EQ(dump.frames.at(2).module, "");
  EXPECT_EQ(dump.sites.at(0).born_samples, 3u);
  EXPECT_EQ(dump.sites.at(0).died_bytes, 20);
}

TEST(GperftoolsReader, ASampleIsUnbiasedAndTellsNoBirths) {
  const Findings found = ReadText(Profile("1: 4096 [ 1: 4096] @ heap_v2/4096", "1: 4096 [ 1: 4096] @ 0x401235\n"));
  ASSERT_EQ(found.dumps.size(), 1u);
  EXPECT_EQ(found.format->name, "gperftools heap_v2");
  EXPECT_NEAR(found.dumps[0].sites.at(0).live_bytes, 4096 / (1 - std::exp(-1)), 1e-6);
  EXPECT_EQ(found.dumps[0].sites[0].live_samples, 1u);
  EXPECT_FALSE(found.dumps[0].sites[0].born_samples);
}

TEST(GperftoolsReader, KindsAreFormatsOfTheirOwn) {
  EXPECT_EQ(ReadText(Profile("0: 0 [ 0: 0] @ heapz_v2/524288", "")).format->name, "gperftools heap_v2");
  EXPECT_EQ(ReadText(Profile("0: 0 [ 0: 0] @ growth", "")).format->name, "gperftools growth");
  EXPECT_EQ(ReadText(Profile("0: 0 [ 0: 0] @ heapprofile", "")).format->name, "gperftools heapprofile");
}

TEST(GperftoolsReader, WhatIsCutOffIsNotTaken) {
  const std::string whole = Profile("1: 10 [ 1: 10] @ heapprofile", "1: 10 [ 1: 10] @ 0x401235\n");
  const Findings found = ReadText(whole.substr(0, whole.find("MAPPED")));
  EXPECT_EQ(found.dumps.size(), 0u);
  EXPECT_THAT(found.complaints, ElementsAre("dump: line 3: the file ends before MAPPED_LIBRARIES: it is cut off"));
}

TEST(GperftoolsReader, WrongLinesAreNamed) {
  const auto complaint = [](const std::string& lines) {
    const Findings found = ReadText(Profile("1: 10 [ 1: 10] @ heapprofile", lines));
    EXPECT_EQ(found.dumps.size(), 0u);
    return found.complaints.empty() ? "" : found.complaints[0];
  };
  EXPECT_EQ(complaint("1: x [ 1: 10] @ 0x1\n"), "dump: line 2: expected the number of live bytes");
  EXPECT_EQ(complaint("1: 10 [ 1: 10] @\n"), "dump: line 2: expected the addresses of a stack");
  EXPECT_EQ(complaint("1: 10 [ 1: 10] @ 0x1 zebra\n"), "dump: line 2: expected the next address of the stack");
  EXPECT_EQ(complaint("1: 99999999999999999999 [ 1: 10] @ 0x1\n"),
            "dump: line 2: the number of live bytes is too large");
  EXPECT_EQ(complaint("2: 20 [ 1: 10] @ 0x1\n"), "dump: line 2: more is live than was ever allocated");
  EXPECT_THAT(complaint("1: 5 [ 1: 5] @ 0x1\n"),
              testing::HasSubstr("the stacks hold 5 bytes together, the first line says 10"));
}

}  // namespace
}  // namespace headroom
