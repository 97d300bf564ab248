// Finding, counting and retiring at the same time.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "hot/tables/site_table.h"
#include "tests/hot/sanitizer.h"
#include "tests/hot/tables/site_table_in_memory.h"

namespace headroom::hot {
namespace {

// The agent's part: retires whatever can be retired until told to stop.
class Retirer {
 public:
  explicit Retirer(SiteTable* table)
      : thread_([this, table] {
          while (!stop_) RetireAll(table);
        }) {}
  void Stop() {
    stop_ = true;
    thread_.join();
  }
  uint64_t retired() const { return retired_; }

 private:
  void RetireAll(SiteTable* table) {
    for (uint32_t i = 0; i < table->high_water(); ++i) retired_ += table->Retire(i);
  }

  std::atomic<bool> stop_{false};
  uint64_t retired_ = 0;
  std::thread thread_;
};

void ExpectEmptyAfterRetiringAll(SiteTable* table) {
  for (uint32_t i = 1; i < table->high_water(); ++i) {
    const Site& site = table->site(i);
    if (site.hash == 0) continue;
    EXPECT_EQ(site.pins, 0u) << i;
    EXPECT_EQ(site.born_samples, site.died_samples) << i;
    EXPECT_EQ(site.born_bytes, site.died_bytes) << i;
    EXPECT_TRUE(table->Retire(i));
  }
  EXPECT_EQ(table->used(), 0u);
}

// One thread that samples stacks nobody else has, each with a weight nobody else uses: as long as it pins a site it knows
// every number in it.
class Owner {
 public:
  Owner(SiteTable* table, uintptr_t number, uintptr_t stacks) : table_(table), first_(number * 1000), stacks_(stacks) {}

  void Run(int rounds) {
    std::mt19937_64 random(first_ + 1);
    for (int round = 0; round < rounds; ++round) {
      const uintptr_t number = first_ + random() % stacks_;
      Held& held = held_[number];
      if (held.pins == 0 || random() % 3 == 0) {
        Birth(number, &held);
      } else {
        Death(number, &held);
      }
    }
    for (auto& [number, held] : held_) {
      while (held.pins > 0) Death(number, &held);
    }
  }
  int failures() const { return failures_; }

 private:
  struct Held {
    uint32_t site = 0;
    uint64_t pins = 0, born = 0, died = 0;
  };
  static uint64_t WeightOf(uintptr_t number) { return 1000003 * (number + 1); }

  void Birth(uintptr_t number, Held* held) {
    const uint32_t site = table_->FindAndPin(StackNumber(number), 0);
    if (held->pins == 0) *held = {site, 0, table_->site(site).born_samples, table_->site(site).died_samples};
    failures_ += site == SiteTable::kOverflow || site != held->site;
    ++held->pins;
    ++held->born;
    table_->CountBirth(site, WeightOf(number));
    Check(number, *held);
  }

  void Death(uintptr_t number, Held* held) {
    Check(number, *held);
    --held->pins;
    ++held->died;
    table_->CountDeath(held->site, WeightOf(number), 0);
  }

  void Check(uintptr_t number, const Held& held) {
    const Site& site = table_->site(held.site);
    const Stack stack = StackNumber(number);
    failures_ += site.hash != HashOf(stack) || !HasStack(site, stack);
    failures_ += site.born_samples != held.born || site.born_bytes != held.born * WeightOf(number);
    failures_ += site.died_samples != held.died || site.died_bytes != held.died * WeightOf(number);
    failures_ += held.born - held.died != held.pins;
    failures_ += (site.pins & 0xFFFF) < held.pins;  // others may pin for a moment, to see that it is not theirs
  }

  SiteTable* const table_;
  const uintptr_t first_, stacks_;
  std::map<uintptr_t, Held> held_;
  int failures_ = 0;
};

TEST(SiteTableStress, NoCountLandsInAnotherStacksSite) {
  constexpr int kThreads = 3, kRounds = Repetitions(200000);
  SiteTableInMemory table(16);  // few sites, so that a place often goes from one stack to another
  Retirer retirer(table.operator->());
  std::deque<Owner> owners;
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < kThreads; ++t) {
    Owner& owner = owners.emplace_back(table.operator->(), t, 2);
    threads.emplace_back([&owner] { owner.Run(kRounds); });
  }
  for (std::thread& thread : threads) thread.join();
  retirer.Stop();
  for (const Owner& owner : owners) EXPECT_EQ(owner.failures(), 0);
  EXPECT_GT(retirer.retired(), 0u);
  EXPECT_EQ(table->overflows(), 0u);
  ExpectEmptyAfterRetiringAll(table.operator->());
}

TEST(SiteTableStress, SharedStacksAreConservedBesideRetiring) {
  constexpr int kThreads = 4, kRounds = Repetitions(100000);
  SiteTableInMemory table(64);
  Retirer retirer(table.operator->());
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937_64 random(t);
      for (int round = 0; round < kRounds; ++round) {
        const Stack stack = StackNumber(random() % 4);
        const uint32_t site = table->FindAndPin(stack, 0);
        failures += !HasStack(table->site(site), stack);
        table->CountBirth(site, 10);
        if (round % 5 == 0) std::this_thread::yield();
        failures += table->site(site).hash != HashOf(stack);
        table->CountDeath(site, 10, 0);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  retirer.Stop();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(table->overflows(), 0u);
  ExpectEmptyAfterRetiringAll(table.operator->());
}

TEST(SiteTableStress, ThreadsThatMeetANewStackAtOnceLoseNothing) {
  constexpr int kThreads = 4;
  constexpr uintptr_t kStacks = 2000;
  SiteTableInMemory table(16384);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (uintptr_t number = 0; number < kStacks; ++number) table->CountBirth(table->FindAndPin(StackNumber(number), 0), 1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::map<uint64_t, uint64_t> born;
  for (uint32_t i = 1; i < table->high_water(); ++i) born[table->site(i).hash] += table->site(i).born_bytes;
  for (uintptr_t number = 0; number < kStacks; ++number) {
    ASSERT_EQ(born[HashOf(StackNumber(number))], static_cast<uint64_t>(kThreads)) << "sites of one stack count together";
  }
}

}  // namespace
}  // namespace headroom::hot
