// EXPECT_NO_GROWTH for GoogleTest: a unit test that fails where memory grows from run to run, with the call stack that
// is guilty. For programs that are linked with headroom and not preloaded.
#ifndef HEADROOM_GTEST_H_
#define HEADROOM_GTEST_H_

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "headroom/headroom.hpp"

namespace headroom {

// Counts every block, none by chance: starts the agent, once for the whole program, with each allocation a sample.
// Blocks of threads that are older than the first EXPECT_NO_GROWTH count once such a thread has allocated another 64
// KiB.
class GrowthCounter {
 public:
  GrowthCounter() {
    Options options = NoOptions();
    options.sample_bytes = "1B";
    options.cpu_budget = "100%";
    options.memory_budget_bytes = "256MiB";
    options.interval = "1d";
    options.recorder = "off";
    options.alarm_sinks = "file:/dev/null";
    const Result started = headroom::Start(options);
    if (!started && started != HEADROOM_ALREADY_RUNNING) trouble_ = started.text();
    { const Muted begin_anew; }  // this thread's next allocation is a sample already
  }

  // Remembers what each call stack holds now.
  void Count() {
    if (!trouble_.empty()) return;
    const Muted muted;
    std::vector<Site> sites;
    Status status{};
    if (!Snapshot(sites, kMostSites) || !GetStatus(status)) {
      trouble_ = "the agent does not answer";
    } else if (status.sample_bytes != 1) {
      trouble_ = "an agent runs in this process that does not sample every allocation";
    } else if (status.samples_dropped + status.sites_dropped > 0 || sites.size() == kMostSites) {
      trouble_ = "there are more blocks than can be counted";
    }
    counts_.emplace_back();
    for (const Site& site : sites) counts_.back()[site.key] = site;
  }

  // Why nothing can be told; "" = it can.
  const std::string& trouble() const { return trouble_; }

  // The call stacks that held more at each of the counts than at the one before. What is made once, late, is no growth.
  std::string Growing() const {
    const Muted muted;
    std::ostringstream text;
    for (const auto& [key, site] : counts_.back()) {
      bool is_growing = true;
      for (size_t i = 1; i < counts_.size(); ++i) is_growing &= Blocks(i, key) > Blocks(i - 1, key);
      if (is_growing) Describe(site, Blocks(counts_.size() - 1, key) - Blocks(0, key), text);
    }
    return text.str();
  }

 private:
  static constexpr size_t kMostSites = 4096;

  uint64_t Blocks(size_t count, uint64_t key) const {
    const auto found = counts_[count].find(key);
    return found == counts_[count].end() ? 0 : found->second.live_samples;
  }

  static void Describe(const Site& site, uint64_t blocks, std::ostringstream& text) {
    text << blocks << " more blocks of " << site.function << "\n";
    for (uint32_t i = 0; i < site.depth; ++i) {
      Dl_info place{};
      const auto address = site.frames[i] - 1;  // within the call
      const std::string name = FrameName(site.frames[i]);
      if (name.empty() || dladdr(reinterpret_cast<const void*>(address), &place) == 0) continue;
      text << "  " << name << " (" << place.dli_fname << "+0x" << std::hex
           << address - reinterpret_cast<uintptr_t>(place.dli_fbase) << std::dec << ")\n";
    }
  }

  std::vector<std::map<uint64_t, Site>> counts_;
  std::string trouble_;
};

// Each run comes from one place in the code and so has one call stack: the loops below neither branch nor can be
// unrolled.
inline void HideFromOptimiser(int& value) { asm volatile("" : "+r"(value)); }

template <typename Run>
[[gnu::noinline]] void Repeat(Run& run, int times) {
#pragma GCC unroll 1
  for (; times > 0; --times) {
    run();
    HideFromOptimiser(times);
  }
}

// Runs `run` `warmups` times before the first count, then `runs` times with a count at half-time and at the end.
template <typename Run>
testing::AssertionResult HasNoGrowth(const char* expression, Run run, int warmups, int runs) {
  if (runs < 2)
    return testing::AssertionFailure() << "it takes two runs at least to see whether " << expression << " grows";
  GrowthCounter counter;
  const int phases[] = {warmups, runs / 2, runs - runs / 2};
#pragma GCC unroll 1
  for (int i = 0; i < 3; ++i) {
    Repeat(run, phases[i]);
    counter.Count();
    HideFromOptimiser(i);
  }
  if (!counter.trouble().empty())
    return testing::AssertionFailure() << "cannot count what " << expression << " holds: " << counter.trouble();
  const std::string growing = counter.Growing();
  if (growing.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << expression << " grows: in " << runs << " runs\n" << growing;
}

}  // namespace headroom

// Runs `expression` `warmups` times, then `runs` times more, and fails where a call stack holds more blocks after the
// first half of them and still more after the second.
#define EXPECT_NO_GROWTH(expression, warmups, runs)                            \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                                                \
  if (const ::testing::AssertionResult no_growth = ::headroom::HasNoGrowth(    \
          #expression, [&] { static_cast<void>(expression); }, warmups, runs)) \
    ;                                                                          \
  else                                                                         \
    ADD_FAILURE() << no_growth.message()

#endif  // HEADROOM_GTEST_H_
