#include "dump/checksum.h"

#include <gtest/gtest.h>

#include <string_view>

namespace headroom {
namespace {

TEST(Checksum, IsTheCrc32OfZlib) {
  EXPECT_EQ(Checksum("123456789"), 0xCBF43926u);  // the check value of the standard
  EXPECT_EQ(Checksum(""), 0u);
  EXPECT_EQ(Checksum("The quick brown fox jumps over the lazy dog"), 0x414FA339u);
}

TEST(Checksum, OfPartsIsThatOfTheWhole) {
  constexpr std::string_view kWhole = "The quick brown fox jumps over the lazy dog";
  for (size_t cut = 0; cut <= kWhole.size(); ++cut) {
    EXPECT_EQ(Checksum(kWhole.substr(cut), Checksum(kWhole.substr(0, cut))), 0x414FA339u) << cut;
  }
}

}  // namespace
}  // namespace headroom
