#include "hot/workloads.h"

#include <array>
#include <cstdlib>
#include <semaphore>
#include <utility>
#include <vector>

#include "hot/sizes.h"

namespace headroom::bench {
namespace {

Sizes sizes;

void* Allocate(size_t size) {
  void* block = std::malloc(size);
  *static_cast<volatile char*>(block) = 1;
  return block;
}

void Pairs(uint64_t first, uint64_t count) {
  for (uint64_t i = first; i < first + count; ++i) std::free(Allocate(sizes.At(i)));
}

Loop Pair(int) {
  return [](uint64_t ops) { Pairs(0, ops); };
}

// A batch of blocks, freed in the opposite order: more than the allocator's per-thread cache holds.
Loop Lifo(int) {
  return [](uint64_t ops) {
    std::array<void*, 1000> batch;
    for (uint64_t done = 0; done < ops; done += batch.size()) {
      for (size_t i = 0; i < batch.size(); ++i) batch[i] = Allocate(sizes.At(done + i));
      for (size_t i = batch.size(); i-- > 0;) std::free(batch[i]);
    }
  };
}

// A live set of which one block, drawn at random, is replaced at each op.
template <size_t kBlocks>
Loop Live(int thread) {
  std::vector<void*> blocks(kBlocks);
  for (size_t i = 0; i < kBlocks; ++i) blocks[i] = Allocate(sizes.At(i));
  return [blocks = std::move(blocks), random = Random(1 + thread)](uint64_t ops) mutable {
    for (uint64_t i = 0; i < ops; ++i) {
      void*& block = blocks[random.Below(kBlocks)];
      std::free(block);
      block = Allocate(sizes.At(i));
    }
  };
}

// Thread 0 allocates what thread 1 frees. Whole batches change hands, and whoever is ahead sleeps.
struct Belt {
  static constexpr size_t kBatches = 16;
  std::array<std::array<void*, 256>, kBatches> batches;
  std::counting_semaphore<> empty{kBatches};
  std::counting_semaphore<> full{0};
};
Belt belt;

Loop Fifo(int thread) {
  if (thread == 0) {
    return [](uint64_t ops) {  // twice its share: every block is one op, seen from both ends
      for (uint64_t i = 0, done = 0; done < 2 * ops; ++i) {
        belt.empty.acquire();
        for (void*& block : belt.batches[i % Belt::kBatches]) block = Allocate(sizes.At(done++));
        belt.full.release();
      }
    };
  }
  return [](uint64_t ops) {
    for (uint64_t i = 0, done = 0; done < 2 * ops; ++i) {
      belt.full.acquire();
      for (void* block : belt.batches[i % Belt::kBatches]) std::free(block), ++done;
      belt.empty.release();
    }
  };
}

// A stack of different functions with frames of different sizes. None can be a tail call, as its frame is read after.
template <int kDepth>
[[gnu::noinline]] int Descend(uint64_t first, uint64_t count) {
  volatile char frame[16 + kDepth * 56 % 240];
  frame[0] = kDepth;
  int below = 0;
  if constexpr (kDepth == 1) {
    Pairs(first, count);
  } else {
    below = Descend<kDepth - 1>(first, count);
  }
  return below + frame[0];
}

constexpr int kFramesOutside = 5;  // the loop, main, and the three that glibc starts main from

Loop Deep(int) {
  return [](uint64_t ops) {
    for (uint64_t done = 0; done < ops; done += 64) Descend<32 - kFramesOutside>(done, 64);
  };
}

constexpr Workload kWorkloads[] = {
    {"pair", Pair},
    {"live10k", Live<10'000>},
    {"live1m", Live<1'000'000>},
    {"lifo", Lifo},
    {"fifo", Fifo},
    {"deep", Deep},
    {"json", Json},
};

}  // namespace

std::span<const Workload> Workloads() { return kWorkloads; }

void UseOneSize(size_t bytes) { sizes = Sizes(bytes); }

}  // namespace headroom::bench
