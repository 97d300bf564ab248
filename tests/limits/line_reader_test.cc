#include "limits/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "tests/limits/fake_root.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Contents {
  std::vector<std::string> lines;
  bool complete = false;
};

Contents ReadAll(std::string_view text) {
  FakeRoot root;
  root.Write("/file", text);
  LineReader reader((root.path() + "/file").c_str());
  Contents contents;
  while (const auto line = reader.Next()) contents.lines.emplace_back(*line);
  contents.complete = reader.complete();
  return contents;
}

TEST(LineReader, LinesComeWithoutTheirNewline) {
  const Contents contents = ReadAll("one\n\nthree\n");
  EXPECT_THAT(contents.lines, ElementsAre("one", "", "three"));
  EXPECT_TRUE(contents.complete);
}

TEST(LineReader, EmptyFileIsCompleteAndHasNoLine) {
  const Contents contents = ReadAll("");
  EXPECT_THAT(contents.lines, IsEmpty());
  EXPECT_TRUE(contents.complete);
}

TEST(LineReader, LineCutOffByTheEndOfTheFileIsNotHandedOut) {
  const Contents contents = ReadAll("whole\n10737");
  EXPECT_THAT(contents.lines, ElementsAre("whole"));
  EXPECT_FALSE(contents.complete);
}

TEST(LineReader, LinesAcrossTheEndsOfTheBufferArriveWhole) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "line " + std::to_string(i) + "\n";
  const Contents contents = ReadAll(text);
  ASSERT_EQ(contents.lines.size(), 5000u);
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(contents.lines[i], "line " + std::to_string(i));
}

TEST(LineReader, OfALongLineTheBeginningIsHandedOutOnce) {
  for (const size_t length :
       {LineReader::kMaxLineBytes, LineReader::kMaxLineBytes + 1, 5 * LineReader::kMaxLineBytes}) {
    const Contents contents = ReadAll("before\n" + std::string(length, 'x') + "\nafter\n");
    EXPECT_THAT(contents.lines, ElementsAre("before", std::string(LineReader::kMaxLineBytes, 'x'), "after")) << length;
    EXPECT_TRUE(contents.complete) << length;
  }
}

TEST(LineReader, LongLineWithoutItsNewlineIsNotComplete) {
  EXPECT_FALSE(ReadAll(std::string(LineReader::kMaxLineBytes, 'x')).complete);
  EXPECT_FALSE(ReadAll(std::string(3 * LineReader::kMaxLineBytes, 'x')).complete);
}

TEST(LineReader, MissingFileSaysWhyAndHasNoLine) {
  LineReader reader("/nowhere/at/all");
  EXPECT_EQ(reader.open_error(), ENOENT);
  EXPECT_FALSE(reader.Next());
  EXPECT_FALSE(reader.complete());
}

TEST(LineReader, FileThatCannotBeReadIsNotComplete) {
  LineReader reader("/");
  EXPECT_EQ(reader.open_error(), 0);
  EXPECT_FALSE(reader.Next());
  EXPECT_FALSE(reader.complete());
}

}  // namespace
}  // namespace headroom
