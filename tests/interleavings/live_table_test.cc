// The live table in every order of the steps of a few threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "tests/hot/zeroed_memory.h"
#include "tests/interleavings/stepped_tables.h"

namespace headroom::hot {
namespace {

using interleavings::Scenario;
using interleavings::Schedules;

constexpr size_t kSlots = 32;  // the smallest table: two buckets

// An address whose two buckets are both `bucket`, so that it meets all others there; ascending.
uintptr_t AddressIn(uint64_t bucket, int number) {
  for (uintptr_t address = 0x1000;; address += 0x1000) {
    const uint64_t hash = AddressHashOf(address);
    if ((hash & 1) == bucket && (hash >> 28 & 1) == bucket && number-- == 0) return address;
  }
}
const uintptr_t kA = AddressIn(0, 0), kB = AddressIn(0, 1), kC = AddressIn(0, 2), kD = AddressIn(0, 3);

// Every field tells the address, so that a mixture of two samples is seen.
Sample SampleOf(uintptr_t address) {
  return {address + 1, address + 2, static_cast<uint32_t>(address + 3), static_cast<uint32_t>(address + 4),
          static_cast<uint32_t>(address + 5)};
}

bool IsSampleOf(uintptr_t address, const Sample& sample) {
  const Sample right = SampleOf(address);
  return sample.size_bytes == right.size_bytes && sample.weight_bytes == right.weight_bytes && sample.site == right.site &&
         sample.birth_tick == right.birth_tick && sample.thread_id == right.thread_id;
}

class LiveTableOrders : public ::testing::Test {
 protected:
  using Addresses = std::vector<uintptr_t>;

  // Runs `threads` in all their orders on a table that holds `before`: each leaves `after()` in it, and nothing else of what was
  // inserted, neither in the index nor in the pool.
  void ExpectInAllOrders(const Addresses& before, std::vector<std::function<void()>> threads,
                         std::function<Addresses()> after) {
    const uint64_t orders = Schedules::RunAll({.prepare = [&] { Prepare(before); },
                                               .threads = std::move(threads),
                                               .check = [&] { ExpectExactly(after()); }});
    EXPECT_GT(orders, 1u);
    std::printf("%llu orders\n", static_cast<unsigned long long>(orders));
  }

  bool Insert(uintptr_t address) {
    const bool inserted = table_->Insert(address, SampleOf(address));
    refused_ += !inserted;
    return inserted;
  }

  bool Take(uintptr_t address) {
    Sample sample;
    if (!table_->Take(address, &sample)) return false;
    EXPECT_TRUE(IsSampleOf(address, sample)) << std::hex << address;
    ++taken_[address];
    return true;
  }

  Addresses Visited() const {
    Addresses addresses;
    table_->Visit([&](uintptr_t address, const Sample& sample) {
      EXPECT_TRUE(IsSampleOf(address, sample)) << std::hex << address;
      addresses.push_back(address);
    });
    std::sort(addresses.begin(), addresses.end());
    return addresses;
  }

  std::map<uintptr_t, int> taken_;
  int refused_ = 0;
  uintptr_t winner_ = 0;
  Addresses given_up_;  // inserted and taken again before the threads begin

 private:
  void Prepare(const Addresses& addresses) {
    memory_.emplace(LiveTable::BytesFor(kSlots));
    table_.emplace();
    table_->Attach(memory_->get(), kSlots);
    for (const uintptr_t address : addresses) ASSERT_TRUE(Insert(address));
    for (const uintptr_t address : given_up_) ASSERT_TRUE(Insert(address));
    for (const uintptr_t address : given_up_) ASSERT_TRUE(Take(address));
    taken_.clear();
    refused_ = 0;
  }

  void ExpectExactly(const Addresses& addresses) {
    EXPECT_EQ(Visited(), addresses);
    for (const uintptr_t address : addresses) EXPECT_TRUE(Take(address)) << std::hex << address;
    const auto* entries = static_cast<const uint32_t*>(memory_->get());
    EXPECT_EQ(std::count(entries, entries + kSlots, 0u), static_cast<long>(kSlots)) << "the index is not empty";
    ExpectWholePool();
  }

  // Each position can be had once: none was lost, and none is out twice.
  void ExpectWholePool() {
    Addresses fillers;
    for (uintptr_t address = 0x100000; fillers.size() < kSlots && Insert(address); address += 0x1000) fillers.push_back(address);
    EXPECT_EQ(Visited(), fillers);
    EXPECT_GE(fillers.size(), kSlots - 8) << "one of two buckets may be full before the pool is empty";
  }

  std::optional<LiveTable> table_;
  std::optional<ZeroedMemory> memory_;
};

TEST_F(LiveTableOrders, TwoThreadsThatInsertBothFindTheirOwn) {
  ExpectInAllOrders({}, {[&] { EXPECT_TRUE(Insert(kA)); }, [&] { EXPECT_TRUE(Insert(kB)); }},
                    [] { return Addresses{kA, kB}; });
}

TEST_F(LiveTableOrders, TwoThreadsThatInsertAndTakeGetTheirOwn) {
  const auto cycle = [&](uintptr_t address) {
    return [&, address] {
      EXPECT_TRUE(Insert(address));
      EXPECT_TRUE(Take(address));
    };
  };
  ExpectInAllOrders({}, {cycle(kA), cycle(kB)}, [] { return Addresses{}; });
}

TEST_F(LiveTableOrders, AnAddressThatTwoThreadsTakeIsTakenByOne) {
  ExpectInAllOrders({kA, kB}, {[&] { Take(kA); }, [&] { Take(kA); }}, [&] {
    EXPECT_EQ(taken_[kA], 1);
    return Addresses{kB};
  });
}

TEST_F(LiveTableOrders, ASlotThatIsGivenUpIsUsedAgainForAnotherAddress) {
  ExpectInAllOrders({kA, kB}, {[&] { EXPECT_TRUE(Take(kA)); }, [&] { EXPECT_TRUE(Insert(kC)); }},
                    [] { return Addresses{kB, kC}; });
}

// The pool's first free position leaves, the second too, and the first comes back, while another thread stands between
// reading the two and taking the first.
TEST_F(LiveTableOrders, APositionThatCameBackMeanwhileIsHandedOutOnce) {
  given_up_ = {kC, kD};
  ExpectInAllOrders({},
                    {[&] {
                       EXPECT_TRUE(Insert(kA));
                       EXPECT_TRUE(Insert(kB));
                       EXPECT_TRUE(Take(kA));
                     },
                     [&] { EXPECT_TRUE(Insert(kC)); }},
                    [] { return Addresses{kB, kC}; });
}

TEST_F(LiveTableOrders, OfTwoThreadsOneGetsTheLastSlot) {
  constexpr int kPerBucket = BucketIndex::kBucketEntries;
  Addresses before;
  for (int i = 0; i < kPerBucket; ++i) before.push_back(AddressIn(1, i));
  for (int i = 2; i < kPerBucket + 1; ++i) before.push_back(AddressIn(0, i));
  const auto insert = [&](uintptr_t address) { return [&, address] { winner_ = Insert(address) ? address : winner_; }; };
  ExpectInAllOrders(before, {insert(kA), insert(kB)}, [&] {
    EXPECT_EQ(refused_, 1);
    Addresses after = before;
    after.push_back(winner_);
    std::sort(after.begin(), after.end());
    return after;
  });
}

TEST_F(LiveTableOrders, AVisitBesideASlotThatChangesHandsShowsWholeSamplesAndAllThatStay) {
  ExpectInAllOrders({kA, kB},
                    {[&] {
                       const Addresses seen = Visited();
                       EXPECT_EQ(std::count(seen.begin(), seen.end(), kB), 1);
                     },
                     [&] {
                       EXPECT_TRUE(Take(kA));
                       EXPECT_TRUE(Insert(kC));
                     }},
                    [] { return Addresses{kB, kC}; });
}

TEST_F(LiveTableOrders, ThreeThreads) {
  ExpectInAllOrders({kA, kB},
                    {[&] { EXPECT_TRUE(Take(kA)); }, [&] { EXPECT_TRUE(Take(kB)); }, [&] { EXPECT_TRUE(Insert(kC)); }},
                    [] { return Addresses{kC}; });
}

}  // namespace
}  // namespace headroom::hot
