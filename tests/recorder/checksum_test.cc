#include "recorder/checksum.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(Checksum, IsTheCrc32OfZlib) {
  EXPECT_EQ(Checksum("123456789"), 0xCBF43926u);  // the check value of the standard
  EXPECT_EQ(Checksum(""), 0u);
  EXPECT_EQ(Checksum("The quick brown fox jumps over the lazy dog"), 0x414FA339u);
}

}  // namespace
}  // namespace headroom
