// bench_hold_samples BLOCKS SITES: holds that many blocks, allocated from that many call stacks by turns, says "ready"
// and waits for the end of standard input. Where every allocation is sampled (HEADROOM_SAMPLE_BYTES=1B), each is a live
// sample.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "hot/readiness.h"

namespace {

constexpr int kLevels = 6;  // ten calls to choose from at each: a million stacks

// After each call an instruction sequence of its own, so that the compiler neither joins two calls nor makes one a
// jump.
#define CALL(digit)                                     \
  case digit:                                           \
    Allocate(site / 10, level - 1);                     \
    asm volatile("nopl %c0(%%rax)" : : "i"(digit + 1)); \
    break;

[[gnu::noinline]] void Allocate(uint64_t site, int level) {
  if (level == 0) {
    if (std::malloc(48) == nullptr) std::abort();
    return;
  }
  switch (site % 10) {
    CALL(0)
    CALL(1)
    CALL(2)
    CALL(3)
    CALL(4)
    CALL(5)
    CALL(6)
    CALL(7)
    CALL(8)
    CALL(9)
  }
}

}  // namespace

int main(int argc, char** argv) {
  const uint64_t blocks = argc == 3 ? std::strtoull(argv[1], nullptr, 10) : 0;
  const uint64_t sites = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (blocks == 0 || sites == 0) {
    std::fputs("usage: bench_hold_samples BLOCKS SITES\n", stderr);
    return 2;
  }
  headroom::bench::AwaitThreads(2);
  for (uint64_t block = 0; block < blocks; ++block) Allocate(block % sites, kLevels);
  headroom::bench::AwaitStarter();
  return 0;
}
