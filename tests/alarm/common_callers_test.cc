#include "alarm/common_callers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/alarm/example_event.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Stacks = std::map<uint64_t, std::vector<Frame>>;

// The functions to be shown for carriers with these shares, by their keys from 1 on.
std::vector<std::string> Shown(const std::vector<double>& shares, const Stacks& stacks) {
  Verdict verdict;
  for (size_t i = 0; i < shares.size(); ++i) verdict.carriers.push_back({i + 1, shares[i]});
  std::vector<std::string> functions;
  for (const Frame& frame : FramesOf(verdict, [&](uint64_t key) { return stacks.at(key); })) {
    functions.push_back(frame.function);
  }
  return functions;
}

std::vector<Frame> Stack(std::initializer_list<const char*> functions) {
  std::vector<Frame> frames;
  for (const char* function : functions) frames.push_back(NamedFrame(function));
  return frames;
}

TEST(FramesOf, ASiteOfItsOwnHasItsOwnStack) {
  Verdict verdict;
  verdict.site_key = 3;
  const auto frames = FramesOf(verdict, [](uint64_t key) { return std::vector<Frame>(key, NamedFrame("f")); });
  EXPECT_EQ(frames.size(), 3U);
}

TEST(FramesOf, ManyBlocksOfOneLostObjectAreNamedByTheCallerThatMakesIt) {
  EXPECT_THAT(Shown({0.4, 0.3, 0.2}, {{1, Stack({"CopyName", "Session::Create", "Serve", "main"})},
                                      {2, Stack({"Header::Parse", "Session::Create", "Serve", "main"})},
                                      {3, Stack({"Cache::Put", "Serve", "main"})}}),
              ElementsAre("Session::Create", "Serve", "main"));
}

TEST(FramesOf, WhatIsCalledFromManyPlacesIsNamedItself) {
  EXPECT_THAT(Shown({0.3, 0.3, 0.3}, {{1, Stack({"Remember", "OnLogin", "main"})},
                                      {2, Stack({"Remember", "OnLogout", "main"})},
                                      {3, Stack({"Remember", "OnError", "main"})}}),
              ElementsAre("Remember", "OnLogin", "main"));
}

TEST(FramesOf, AStackThatCarriesMostIsNamedWhole) {
  EXPECT_THAT(Shown({0.6, 0.4}, {{1, Stack({"A", "main"})}, {2, Stack({"B", "main"})}}), ElementsAre("A", "main"));
}

TEST(FramesOf, CallsWithoutANameAreTheSameAtOnePlaceOfTheCode) {
  Frame place = NamedFrame("");
  place.offset = 0x10;
  Frame other = place;
  other.offset = 0x20;
  Verdict verdict;
  verdict.carriers = {{1, 0.4}, {2, 0.4}};
  const Stacks stacks = {{1, {other, place}}, {2, {place}}};
  const auto frames = FramesOf(verdict, [&](uint64_t key) { return stacks.at(key); });
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].offset, 0x10U);
}

TEST(FramesOf, NothingIsNamedThatLessThanHalfComesThrough) {
  EXPECT_THAT(Shown({0.3, 0.2}, {{1, Stack({"A", "Loop"})}, {2, Stack({"B", "Other"})}}), IsEmpty());
}

TEST(FramesOf, TheRuntimeIsNotNamedForTheProgram) {
  EXPECT_THAT(Shown({0.4, 0.4}, {{1, Stack({"A", "__libc_start_main"})}, {2, Stack({"B", "__libc_start_main"})}}),
              IsEmpty());
}

}  // namespace
}  // namespace headroom
