#include "debuginfo/name_dump.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr const char* kProgram = HEADROOM_TEST_DATA "/leaky";
constexpr const char* kBuildId = "e2c67e2ca8c3fd99766e2f60c9407892efb8ad1d";

Frame At(uint64_t offset, const std::string& build_id = kBuildId) {
  Frame frame;
  frame.module = kProgram;
  frame.build_id = build_id;
  frame.offset = offset;
  return frame;
}

Dump DumpOf(const std::vector<Frame>& frames) {
  Dump dump;
  dump.frames = frames;
  DumpSite& site = dump.sites.emplace_back();
  for (uint32_t i = 0; i < frames.size(); ++i) site.stack.push_back(i);
  return dump;
}

TEST(FrameNamer, InlinedCallsBecomeFramesAtTheSamePlace) {
  Dump dump = DumpOf({At(0x1ad1), At(0x244e), At(0x1ad1)});
  FrameNamer().Name(&dump);
  ASSERT_THAT(dump.frames, SizeIs(4));
  EXPECT_THAT(dump.sites[0].stack, ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(dump.frames[0].function, "app::slow_leak(int)");
  EXPECT_EQ(dump.frames[2].function, "app::Lru<char, 256ul>::put(unsigned long)");
  EXPECT_EQ(dump.frames[1].offset, 0x244eu);
  EXPECT_EQ(dump.frames[2].offset, 0x244eu);
  EXPECT_EQ(dump.frames[3].line, 29);
}

TEST(FrameNamer, NamesThatTheDumpHasStay) {
  Frame named = At(0x1ad1);
  named.function = "own name";
  Dump dump = DumpOf({named});
  FrameNamer().Name(&dump);
  EXPECT_EQ(dump.frames.at(0).function, "own name");
}

TEST(FrameNamer, WhatCannotBeFoundStaysAsItIs) {
  Frame missing = At(0x10);
  missing.module = "/no/such/file";
  Frame anonymous;
  anonymous.offset = 0x7f00;
  Dump dump = DumpOf({missing, anonymous, At(0x1ad1, "c0ffee")});
  FrameNamer().Name(&dump);
  ASSERT_THAT(dump.frames, SizeIs(3));
  for (const Frame& frame : dump.frames) EXPECT_EQ(frame.function, "");
  EXPECT_EQ(dump.frames[0].offset, 0x10u);
}

TEST(FrameNamer, AFileThatChangedAfterTheDumpIsNotBelieved) {
  struct stat status;
  ASSERT_EQ(stat(kProgram, &status), 0);
  Dump after = DumpOf({At(0x1ad1, "")}), before = DumpOf({At(0x1ad1, "")});
  after.time_s = static_cast<double>(status.st_mtime) + 1;
  before.time_s = static_cast<double>(status.st_mtime) - 1;
  FrameNamer namer;
  namer.Name(&after);
  namer.Name(&before);
  EXPECT_EQ(after.frames.at(0).function, "app::slow_leak(int)");
  EXPECT_EQ(before.frames.at(0).function, "");
}

}  // namespace
}  // namespace headroom
