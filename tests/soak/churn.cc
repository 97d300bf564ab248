// churn SAMPLES [THREADS]: so many samples are born and die in the tables, as the hooks record them, with the tables four fifths full
// and the agent's looks and retirements beside it. Prints a line for each tenth: a sampled daemon's year has 10^10. Exit status 1 where
// the last tenth is worse than the first, or where anything is left of what died.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

#include "hot/tables/tables.h"
#include "snapshot/snapshot_taker.h"

namespace headroom {
namespace {

using hot::Sample;
using hot::tables;

constexpr int kTenths = 10;
constexpr uint64_t kUsualStacks = 1000, kSamplesPerNewStack = 4096, kIdleTicks = 50;

struct Lost {
  std::atomic<uint64_t> refused{0};     // no room, though a fifth is free
  std::atomic<uint64_t> vanished{0};    // born, and not found when it died
  std::atomic<uint64_t> unfiltered{0};  // and the filter said there was nothing
};

// The heap of one thread, in a range of its own.
class Churner {
 public:
  Churner(uint64_t number, size_t held) : random_(number), next_address_(0x7F0000000010 + (number << 36)), held_(held) {}

  void Fill(Lost* lost) {
    for (uintptr_t& address : held_) address = Bear(lost);
  }

  void Churn(uint64_t samples, Lost* lost) {
    for (uint64_t i = 0; i < samples; ++i) {
      uintptr_t& address = held_[random_() % held_.size()];
      Die(address, lost);
      address = Bear(lost);
    }
  }

  void Empty(Lost* lost) {
    for (const uintptr_t address : held_) Die(address, lost);
  }

 private:
  // In the order of hot/hooks/record.cc. A refused sample is one more try at another address.
  uintptr_t Bear(Lost* lost) {
    const uint32_t tick = tables.tick.load(std::memory_order_relaxed);
    for (;;) {
      next_address_ += 16 * (1 + random_() % 4096);
      const Sample sample{64, 4096, tables.sites.FindAndPin(NextStack(), tick), tick, 1};
      if (tables.filter.Add(next_address_)) {
        if (tables.live.Insert(next_address_, sample)) {
          tables.sites.CountBirth(sample.site, sample.weight_bytes);
          return next_address_;
        }
        tables.filter.Remove(next_address_);
      }
      tables.sites.Unpin(sample.site);
      ++lost->refused;
    }
  }

  void Die(uintptr_t address, Lost* lost) {
    lost->unfiltered += !tables.filter.MayContain(address);
    Sample sample;
    if (!tables.live.Take(address, &sample)) {
      ++lost->vanished;
      return;
    }
    tables.filter.Remove(address);
    tables.sites.CountDeath(sample.site, sample.weight_bytes, tables.tick.load(std::memory_order_relaxed) - sample.birth_tick);
  }

  // Mostly one of the usual ones, now and then one that was never there before; few frames, because their hash is not in question.
  const hot::Stack& NextStack() {
    const bool is_new = ++births_ % kSamplesPerNewStack == 0;
    const uint64_t number = is_new ? next_address_ : random_() % kUsualStacks;
    stack_.depth = 4;
    for (uint32_t i = 0; i < stack_.depth; ++i) stack_.frames[i] = 0x400000 + number * (i + 1);
    return stack_;
  }

  std::mt19937_64 random_;
  uintptr_t next_address_;
  uint64_t births_ = 0;
  hot::Stack stack_{};
  std::vector<uintptr_t> held_;
};

// The agent's side: a look, and sites that have been idle given up.
class Agent {
 public:
  void Tick() {
    taker_.Take(++tick_, 0, &snapshot_);
    taker_.RetireIdleSites(tick_, kIdleTicks);
  }
  TableState state() const { return taker_.State(); }

 private:
  SnapshotTaker taker_;
  Snapshot snapshot_;
  uint64_t tick_ = 0;
};

struct Tenth {
  double ns_per_sample;
  uint64_t refused;
  uint64_t sites_dropped;
  size_t live_table_bytes;
};

class Run {
 public:
  Run(uint64_t samples, uint64_t threads) : samples_per_thread_(samples / threads / kTenths) {
    const uint64_t held = tables.live.slots() * 4 / 5 / threads;
    for (uint64_t t = 0; t < threads; ++t) churners_.emplace_back(t, held);
    for (Churner& churner : churners_) churner.Fill(&lost_);
  }

  // With all that is wrong told.
  bool IsSound() {
    for (int i = 0; i < kTenths; ++i) Print(i, *tenths_.insert(tenths_.end(), ChurnATenth()));
    for (Churner& churner : churners_) churner.Empty(&lost_);
    const Tenth &first = tenths_.front(), &last = tenths_.back();
    agent_.Tick();
    Expect(last.refused <= 2 * first.refused + 20, "more samples are refused in the end");
    Expect(last.sites_dropped == 0, "stacks are dropped in the end");
    Expect(last.live_table_bytes <= first.live_table_bytes + first.live_table_bytes / 50, "the live table has grown");
    Expect(tables.sites.used() < tables.sites.capacity() * 3 / 4, "call stacks of long ago are kept");
    Expect(lost_.vanished == 0, "a sample vanished");
    Expect(lost_.unfiltered == 0, "the filter lost a sample");
    Expect(agent_.state().live_samples == 0, "samples are left of those that died");
    Expect(IsFilterEmpty(), "the filter is not empty when nothing lives");
    return is_sound_;
  }

 private:
  Tenth ChurnATenth() {
    const uint64_t refused = lost_.refused, dropped = tables.sites.overflows();
    const auto begin = std::chrono::steady_clock::now();
    std::atomic<size_t> running{churners_.size()};
    std::vector<std::thread> threads;
    for (Churner& churner : churners_) {
      threads.emplace_back([&] { churner.Churn(samples_per_thread_, &lost_), --running; });
    }
    while (running > 0) {
      agent_.Tick();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (std::thread& thread : threads) thread.join();
    const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - begin;
    return {elapsed.count() / static_cast<double>(samples_per_thread_), lost_.refused - refused, tables.sites.overflows() - dropped,
            tables.live.touched_bytes()};
  }

  void Print(int number, const Tenth& tenth) const {
    const double samples = static_cast<double>(samples_per_thread_ * churners_.size());
    std::printf("%.1e samples: %.0f ns each on a thread, %llu refused, %u call stacks known, %llu dropped, live table %.2f MiB\n",
                samples * (number + 1), tenth.ns_per_sample, static_cast<unsigned long long>(tenth.refused), tables.sites.used(),
                static_cast<unsigned long long>(tenth.sites_dropped), static_cast<double>(tenth.live_table_bytes) / (1 << 20));
    std::fflush(stdout);
  }

  void Expect(bool holds, const char* complaint) {
    if (!holds) std::printf("WRONG %s\n", complaint);
    is_sound_ = is_sound_ && holds;
  }

  static bool IsFilterEmpty() {
    for (uintptr_t granule = 0; granule < hot::AddressFilter::kBytes; ++granule) {
      if (tables.filter.MayContain(granule << hot::AddressFilter::kGranuleShift)) return false;
    }
    return true;
  }

  const uint64_t samples_per_thread_;
  std::vector<Churner> churners_;
  std::vector<Tenth> tenths_;
  Lost lost_;
  Agent agent_;
  bool is_sound_ = true;
};

}  // namespace
}  // namespace headroom

int main(int argc, char** argv) {
  const double samples = argc > 1 ? std::atof(argv[1]) : 0;
  const int threads = argc > 2 ? std::atoi(argv[2]) : 2;
  if (samples < 1000 || threads < 1 || threads > 64) {
    std::fprintf(stderr, "usage: churn SAMPLES [THREADS], such as churn 1e10 2\n");
    return 2;
  }
  if (!headroom::hot::Arm(headroom::hot::TableSizes::ForBudget(16 << 20))) return 2;
  return headroom::Run(static_cast<uint64_t>(samples), static_cast<uint64_t>(threads)).IsSound() ? 0 : 1;
}
