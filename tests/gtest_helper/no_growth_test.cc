#include <gtest/gtest-spi.h>
#include <headroom/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace {

std::vector<std::unique_ptr<std::string>> kept;
std::vector<std::string> made_late;

[[gnu::noinline]] void KeepOne() { kept.push_back(std::make_unique<std::string>(100, 'x')); }
[[gnu::noinline]] void KeepTwo() {
  KeepOne();
  KeepOne();
}
[[gnu::noinline]] void KeepEverySecond() {
  static int calls = 0;
  if (++calls % 2 == 0) KeepOne();
}
[[gnu::noinline]] void GiveBack() { std::string(100, 'x').append("y"); }
[[gnu::noinline]] void MakeOnceAtTheThirdCall() {
  static int calls = 0;
  if (++calls == 3) made_late.emplace_back(1000, 'x');
}

TEST(NoGrowth, WhatIsGivenBackDoesNotGrow) { EXPECT_NO_GROWTH(GiveBack(), 1, 10); }

TEST(NoGrowth, ASmallLeakFailsWithTheGuiltyFunctionAndItsNumberOfBlocks) {
  EXPECT_NONFATAL_FAILURE(EXPECT_NO_GROWTH(KeepOne(), 1, 10), "10 more blocks of");
  EXPECT_NONFATAL_FAILURE(EXPECT_NO_GROWTH(KeepOne(), 1, 10), "KeepOne");
}

TEST(NoGrowth, ItsCallersAreNamedToo) {
  EXPECT_NONFATAL_FAILURE(EXPECT_NO_GROWTH(KeepTwo(), 1, 10), "(anonymous namespace)::KeepTwo (");
}

TEST(NoGrowth, ALeakAtEverySecondCallFails) {
  EXPECT_NONFATAL_FAILURE(EXPECT_NO_GROWTH(KeepEverySecond(), 0, 8), "grows");
}

TEST(NoGrowth, WhatIsMadeOnceIsNoGrowth) { EXPECT_NO_GROWTH(MakeOnceAtTheThirdCall(), 1, 10); }

TEST(NoGrowth, OneRunIsTooFewToTell) {
  EXPECT_NONFATAL_FAILURE(EXPECT_NO_GROWTH(GiveBack(), 1, 1), "two runs at least");
}

}  // namespace
