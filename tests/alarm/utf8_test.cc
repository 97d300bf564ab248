#include "alarm/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace headroom {
namespace {

std::string Printable(std::string_view text, size_t max_bytes = 1000) {
  FixedText<2000> out;
  AppendPrintable(text, max_bytes, out);
  return std::string(out.view());
}

TEST(Utf8, ValidSequencesOfEachLengthAreKept) {
  EXPECT_EQ(Printable("a \u00e9 \u20ac \U0001F600"), "a \u00e9 \u20ac \U0001F600");
}

TEST(Utf8, EachInvalidByteBecomesAReplacementCharacter) {
  EXPECT_EQ(Printable("a\xff"
                      "b"),
            "a\uFFFDb");
  EXPECT_EQ(Printable("\xc0\xaf"), "\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(Printable("\xe0\x80\xaf"), "\uFFFD\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(Printable("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD") << "surrogate";
  EXPECT_EQ(Printable("\xf4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "above U+10FFFF";
  EXPECT_EQ(Printable("\xf0\x80\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(Printable("\xe2\x82"), "\uFFFD\uFFFD") << "cut short";
}

TEST(Utf8, EdgesOfTheRangesAreValid) {
  for (const std::string edge : {"\xc2\xa0", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                                 "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_EQ(Utf8Length(edge), edge.size());
  }
}

TEST(Utf8, ControlCharactersCannotForgeALineOrMoveTheCursor) {
  EXPECT_EQ(Printable("a\nheadroom: b\x1b[2J\x7f\t\xc2\x9b"), "a?headroom: b?[2J???");
}

TEST(Utf8, LongTextIsCutBetweenCharactersWithAnEllipsis) {
  std::string euros;
  for (int i = 0; i < 100; ++i) euros += "\u20ac";
  EXPECT_EQ(Printable(euros, 11), "\u20ac\u20ac\u2026");
  EXPECT_EQ(Printable("abcdefgh", 8), "abcde\u2026");
}

TEST(Utf8, TextThatFitsBesideAnEllipsisIsWhole) { EXPECT_EQ(Printable("abcde", 8), "abcde"); }

}  // namespace
}  // namespace headroom
