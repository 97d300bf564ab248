#include "alarm/text_buffer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace headroom {
namespace {

TEST(TextBuffer, WhatDoesNotFitIsLeftOutAndRemembered) {
  FixedText<4> text;
  text.Append("abc");
  EXPECT_FALSE(text.overflowed());
  text.Append("de");
  EXPECT_EQ(text.view(), "abcd");
  EXPECT_TRUE(text.overflowed());
}

TEST(TextBuffer, RewindForgetsAnOverflow) {
  FixedText<4> text;
  text.Append("a");
  const size_t mark = text.size();
  text.Append("bcdef");
  text.Rewind(mark);
  EXPECT_EQ(text.view(), "a");
  EXPECT_FALSE(text.overflowed());
}

TEST(TextBuffer, IntegersOfEverySizeAreWhole) {
  FixedText<64> text;
  text.AppendInteger(std::numeric_limits<uint64_t>::max());
  text.Append(" ");
  text.AppendInteger(std::numeric_limits<int64_t>::min());
  text.Append(" ");
  text.AppendInteger(0x1f30u, 16);
  EXPECT_EQ(text.view(), "18446744073709551615 -9223372036854775808 1f30");
}

}  // namespace
}  // namespace headroom
