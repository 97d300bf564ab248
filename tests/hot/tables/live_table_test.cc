#include "hot/tables/live_table.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "tests/hot/race.h"
#include "tests/hot/sanitizer.h"
#include "tests/hot/zeroed_memory.h"

namespace headroom::hot {

bool operator==(const Sample& a, const Sample& b) {
  return a.size_bytes == b.size_bytes && a.weight_bytes == b.weight_bytes && a.site == b.site &&
         a.birth_tick == b.birth_tick && a.thread_id == b.thread_id;
}

namespace {

constexpr uintptr_t kHeap = 0x7F0000000010;

// A sample each of whose fields follows from the first and from the address, so that halves of two are seen.
Sample SampleFor(uintptr_t address, uint64_t number) {
  const uint64_t mixed = (number ^ address) * 0x9E3779B97F4A7C15u;
  return {number, mixed, static_cast<uint32_t>(mixed >> 32), static_cast<uint32_t>(mixed >> 13), static_cast<uint32_t>(~mixed)};
}

class TableInMemory {
 public:
  explicit TableInMemory(size_t slots) : memory_(LiveTable::BytesFor(slots)) { table_.Attach(memory_.get(), slots); }
  LiveTable* operator->() { return &table_; }
  LiveTable& operator*() { return table_; }

  bool HasEmptyIndex() const {
    const uint32_t* entries = static_cast<const uint32_t*>(memory_.get());
    for (size_t i = 0; i < table_.slots(); ++i) {
      if (entries[i] != 0) return false;
    }
    return true;
  }

 private:
  ZeroedMemory memory_;
  LiveTable table_{};
};

using Contents = std::map<uintptr_t, Sample>;

Contents Visited(const LiveTable& table) {
  Contents contents;
  table.Visit([&](uintptr_t address, const Sample& sample) {
    EXPECT_TRUE(contents.emplace(address, sample).second) << "shown twice";
  });
  return contents;
}

TEST(LiveTable, InsertedSampleIsTakenWholeAndOnce) {
  TableInMemory table(64);
  const Sample sample = SampleFor(kHeap, 5);
  ASSERT_TRUE(table->Insert(kHeap, sample));
  Sample taken{};
  ASSERT_TRUE(table->Take(kHeap, &taken));
  EXPECT_EQ(taken, sample);
  EXPECT_FALSE(table->Take(kHeap, &taken));
}

TEST(LiveTable, AddressThatWasNotInsertedIsNotTaken) {
  TableInMemory table(64);
  Sample sample;
  EXPECT_FALSE(table->Take(kHeap, &sample));
  for (uintptr_t i = 0; i < 30; ++i) table->Insert(kHeap + 16 * i, SampleFor(kHeap, i));
  for (uintptr_t i = 0; i < 15; ++i) table->Take(kHeap + 16 * i, &sample);
  for (const uintptr_t address : {uintptr_t{0}, uintptr_t{1}, kHeap, kHeap + 1, ~uintptr_t{0}}) {
    EXPECT_FALSE(table->Take(address, &sample)) << address;
  }
  EXPECT_EQ(Visited(*table).size(), 15u);
}

TEST(LiveTable, VisitShowsEveryLiveSampleOnce) {
  TableInMemory table(256);
  for (uintptr_t i = 0; i < 100; ++i) ASSERT_TRUE(table->Insert(kHeap + 48 * i, SampleFor(kHeap + 48 * i, i)));
  Sample sample;
  for (uintptr_t i = 0; i < 100; i += 2) ASSERT_TRUE(table->Take(kHeap + 48 * i, &sample));
  const Contents contents = Visited(*table);
  EXPECT_EQ(contents.size(), 50u);
  for (const auto& [address, seen] : contents) {
    EXPECT_EQ((address - kHeap) / 48 % 2, 1u);
    EXPECT_EQ(seen, SampleFor(address, seen.size_bytes));
  }
}

TEST(LiveTable, FullTableRefusesAndKeepsWhatItHas) {
  TableInMemory table(64);
  std::vector<uintptr_t> accepted, refused;
  for (uintptr_t address = kHeap; address < kHeap + 64 * 100; address += 64) {
    (table->Insert(address, SampleFor(address, 1)) ? accepted : refused).push_back(address);
  }
  EXPECT_LE(accepted.size(), 64u);
  EXPECT_GE(accepted.size(), 56u);
  EXPECT_EQ(Visited(*table).size(), accepted.size());
  Sample sample;
  for (const uintptr_t address : refused) EXPECT_FALSE(table->Take(address, &sample));
  for (const uintptr_t address : accepted) {
    ASSERT_TRUE(table->Take(address, &sample));
    EXPECT_EQ(sample, SampleFor(address, 1));
  }
  EXPECT_TRUE(table.HasEmptyIndex());
  for (const uintptr_t address : accepted) EXPECT_TRUE(table->Insert(address, SampleFor(address, 2))) << "room again";
}

TEST(LiveTable, RefusedInsertsNeverUseItUp) {
  TableInMemory table(64);
  for (uintptr_t address = kHeap; address < kHeap + 64 * 64; address += 64) table->Insert(address, SampleFor(address, 1));
  const size_t held = Visited(*table).size();
  for (uintptr_t i = 0; i < 100000; ++i) table->Insert(2 * kHeap + 16 * i, SampleFor(kHeap, 2));
  EXPECT_GE(Visited(*table).size(), held);
  Sample sample;
  for (const auto& [address, seen] : Visited(*table)) ASSERT_TRUE(table->Take(address, &sample));
  EXPECT_TRUE(table.HasEmptyIndex());
  EXPECT_TRUE(table->Insert(kHeap, SampleFor(kHeap, 3)));
}

TEST(LiveTable, NeighboursOfEverySizeClassSpreadOut) {
  for (const uintptr_t stride : {16, 48, 4096, 1 << 20}) {
    TableInMemory table(4096);
    int refused = 0;
    for (uintptr_t i = 0; i < 4096 * 9 / 10; ++i) refused += !table->Insert(kHeap + stride * i, SampleFor(kHeap, i));
    EXPECT_LE(refused, 4) << "stride " << stride;
  }
}

TEST(LiveTable, MillionsOfCyclesAtFourFifthsLeaveItAsOnTheFirstDay) {
  constexpr size_t kSlots = 4096, kHeld = kSlots * 4 / 5;
  TableInMemory table(kSlots);
  std::mt19937_64 random(3);
  std::vector<uintptr_t> held(kHeld);
  uintptr_t next_address = kHeap;
  int refused[4] = {}, lost = 0;
  const auto insert = [&](uintptr_t* place, int* refusals) {
    bool inserted = false;
    while (!inserted) {
      next_address += 16 * (1 + random() % 64);
      inserted = table->Insert(next_address, SampleFor(next_address, 7));
      *refusals += !inserted;
    }
    *place = next_address;
  };
  for (uintptr_t& place : held) insert(&place, &refused[0]);
  Sample sample;
  constexpr int kCycles = Repetitions(2000000);
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    uintptr_t& place = held[random() % kHeld];
    lost += !table->Take(place, &sample);
    insert(&place, &refused[cycle / (kCycles / 4)]);
  }
  EXPECT_EQ(lost, 0);
  EXPECT_LT(refused[0], kCycles / 4 / 1000) << "fewer than one in a thousand";
  EXPECT_LE(refused[3], 2 * refused[0] + 20) << "and no more on the last day than on the first";
  EXPECT_LE(table->touched_bytes(), LiveTable::BytesFor(kHeld + 1) + BucketIndex::BytesFor(kSlots));
  for (const uintptr_t address : held) lost += !table->Take(address, &sample);
  EXPECT_EQ(lost, 0);
  EXPECT_TRUE(Visited(*table).empty());
  EXPECT_TRUE(table.HasEmptyIndex());
}

TEST(LiveTable, TouchedBytesFollowWhatWasInUseAtOnce) {
  TableInMemory table(4096);
  const size_t empty = table->touched_bytes();
  table->Insert(kHeap, SampleFor(kHeap, 1));
  const size_t one = table->touched_bytes();
  EXPECT_GT(one, empty);
  for (uintptr_t i = 1; i < 100; ++i) table->Insert(kHeap + 16 * i, SampleFor(kHeap, 1));
  EXPECT_EQ(table->touched_bytes(), empty + 100 * (one - empty));
  EXPECT_LE(table->touched_bytes(), LiveTable::BytesFor(4096));
}

// Visits until told to stop; counts samples that are not what some thread inserted.
class Visitor {
 public:
  explicit Visitor(const LiveTable& table)
      : thread_([this, &table] {
          while (!stop_) table.Visit([this](uintptr_t address, const Sample& sample) { Look(address, sample); });
        }) {}
  void Stop() {
    stop_ = true;
    thread_.join();
  }
  uint64_t seen() const { return seen_; }
  uint64_t torn() const { return torn_; }

 private:
  void Look(uintptr_t address, const Sample& sample) {
    ++seen_;
    torn_ += !(sample == SampleFor(address, sample.size_bytes));
  }

  std::atomic<bool> stop_{false};
  uint64_t seen_ = 0;
  uint64_t torn_ = 0;
  std::thread thread_;
};

TEST(LiveTable, ThreadsFindTheirOwnAndVisitsSeeWholeSamples) {
  constexpr int kThreads = 4, kRounds = Repetitions(120000);
  constexpr uintptr_t kAddresses = 40;
  TableInMemory table(512);
  Visitor visitor(*table);
  std::atomic<int> lost{0}, refused{0}, wrong{0};
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, own = kHeap + (t << 30)] {
      std::mt19937_64 random(own);
      std::map<uintptr_t, uint64_t> held;
      Sample sample;
      for (uint64_t round = 0; round < kRounds; ++round) {
        const uintptr_t address = own + 64 * (random() % kAddresses);
        const auto found = held.find(address);
        if (found == held.end()) {
          refused += !table->Insert(address, SampleFor(address, round));
          held[address] = round;
        } else {
          lost += !table->Take(address, &sample);
          wrong += !(sample == SampleFor(address, found->second));
          held.erase(found);
        }
      }
      for (const auto& [address, number] : held) lost += !table->Take(address, &sample);
    });
  }
  for (std::thread& thread : threads) thread.join();
  visitor.Stop();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(lost, 0);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(visitor.torn(), 0u);
  EXPECT_GT(visitor.seen(), 0u);
  EXPECT_TRUE(Visited(*table).empty());
  EXPECT_TRUE(table.HasEmptyIndex());
}

TEST(LiveTable, SlotReusedByAnotherAddressIsNeverShownAsAMixture) {
  TableInMemory table(64);
  Visitor visitor(*table);
  Sample sample;
  for (uint64_t round = 0; round < static_cast<uint64_t>(Repetitions(500000)); ++round) {
    const uintptr_t address = kHeap + 16 * (round % 7);  // all of them get the one slot that is free
    table->Insert(address, SampleFor(address, round));
    table->Take(address, &sample);
  }
  visitor.Stop();
  EXPECT_EQ(visitor.torn(), 0u);
  EXPECT_GT(visitor.seen(), 0u);
}

TEST(LiveTable, AddressFreedTwiceAtOnceIsTakenOnce) {
  constexpr int kRounds = Repetitions(200);
  constexpr uintptr_t kHeld = 700;
  TableInMemory table(1024);
  std::atomic<uint64_t> taken{0};
  Race(
      kRounds,
      [&] {
        for (uintptr_t i = 0; i < kHeld; ++i) ASSERT_TRUE(table->Insert(kHeap + 16 * i, SampleFor(kHeap, i)));
      },
      [&] {
        Sample sample;
        for (uintptr_t i = 0; i < kHeld; ++i) taken += table->Take(kHeap + 16 * i, &sample);
      });
  EXPECT_EQ(taken, kHeld * kRounds);
  EXPECT_TRUE(table.HasEmptyIndex());
}

}  // namespace
}  // namespace headroom::hot
