// Knowledge must go on to help, and never hide a leak.
#include "bench/accuracy/lives.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace headroom::lab {
namespace {

constexpr size_t kTicket = 1;
constexpr size_t kPage = 2;

LivesRuns LivesOf(std::initializer_list<std::string_view> families, uint64_t runs) {
  Plan plan;
  plan.families = AllFamilies();
  plan.runs = runs;
  std::erase_if(plan.families,
                [&](const Family& family) { return std::ranges::find(families, family.name) == families.end(); });
  EXPECT_EQ(plan.families.size(), families.size());
  return RunLives(plan);
}

template <typename Count>
int Sum(const LivesRuns& lives, Before before, Count count) {
  int sum = 0;
  for (const auto& family : lives[static_cast<size_t>(before)]) {
    for (const RunResult& run : family) sum += count(run.score);
  }
  return sum;
}

int FalseTickets(const LivesRuns& lives, Before before) {
  return Sum(lives, before, [](const RunScore& score) { return score.levels[kTicket].false_alarms; });
}

int Found(const LivesRuns& lives, Before before) {
  return Sum(lives, before, [](const RunScore& score) { return score.levels[kPage].found() ? 1 : 0; });
}

TEST(Lives, WhatFooledTheFirstHardlyFoolsTheSecond) {
  const LivesRuns lives = LivesOf({"linear filling, big"}, 10);
  const int first = FalseTickets(lives, Before::kNothing);
  ASSERT_GE(first, 3);
  EXPECT_LE(3 * FalseTickets(lives, Before::kSameLife), first);
  EXPECT_LE(2 * FalseTickets(lives, Before::kOtherBuild), first);
}

TEST(Lives, ALeakIsFoundWhateverTheLifeBeforeTaught) {
  constexpr int kLeaks = 4 * 2;
  const LivesRuns lives =
      LivesOf({"leak, steady", "leak, mixed into a busy site", "leak, error bursts", "leak, over 60 sites"}, 2);
  for (const Before before : kBefore) EXPECT_EQ(Found(lives, before), kLeaks) << NameOf(before);
}

}  // namespace
}  // namespace headroom::lab
