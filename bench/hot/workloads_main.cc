// bench_workloads WORKLOAD OPS [--threads=N] [--size=BYTES] [--held=COUNT,MIB] [--await-threads=N]: loops that do
// little but malloc and free, to measure what a preloaded library adds. Prints processor and elapsed time an op; the
// same arguments always do the same work.
// --threads        run the loop, and share the ops
// --size           of all blocks
// --held           first makes COUNT blocks of about MIB each and keeps them, so that a sampler has live samples
// --await-threads  allocates until a preloaded library has started threads enough to make N, says so, and begins at
//                  the end of standard input: the start is not measured, and several processes can be made ready
#include <malloc.h>
#include <sys/prctl.h>
#include <time.h>

#include <algorithm>
#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <vector>

#include "hot/readiness.h"
#include "hot/sizes.h"
#include "hot/workloads.h"

namespace headroom::bench {
namespace {

struct Held {
  unsigned long count, mib;
};

// Untouched but for a page each, which must not grow to a huge one. Taken from the heap and of uneven sizes, so that
// their addresses are as mixed as a program's.
void Hold(Held held) {
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 1 << 30);
  Random random(7);
  for (unsigned long i = 0; i < held.count; ++i) {
    if (std::malloc((held.mib << 20) + 16 * random.Below(4096)) == nullptr) std::abort();
  }
}

double NowNs(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

struct Cost {
  double cpu_ns, elapsed_ns;
};

Cost Now() { return {NowNs(CLOCK_PROCESS_CPUTIME_ID), NowNs(CLOCK_MONOTONIC)}; }

// By this name a counter of instructions finds the part of the first thread that counts.
extern "C" [[gnu::noinline]] void bench_timed_loop(Loop& loop, uint64_t ops) { loop(ops); }

constexpr uint64_t kMostWarmUpOps = 10'000;

// Every thread prepares itself and fills the caches, its own and those of whatever is preloaded; then all start
// together when the last one is ready, and the last one ends it.
Cost Run(const Workload& workload, int threads, uint64_t ops) {
  Cost before{};
  std::barrier start(threads, [&]() noexcept { before = Now(); });
  const auto ready_loop = [&](int thread) {
    KeepUnsampled(false);
    Loop loop = workload.prepare(thread);
    loop(std::min(kMostWarmUpOps, ops));
    start.arrive_and_wait();
    return loop;
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread) {
    others.emplace_back([&, thread] { ready_loop(thread)(ops / threads); });
  }
  Loop loop = ready_loop(0);
  bench_timed_loop(loop, ops / threads);
  for (std::thread& other : others) other.join();
  const Cost after = Now();
  return {after.cpu_ns - before.cpu_ns, after.elapsed_ns - before.elapsed_ns};
}

// Not getrusage's, which begins at what the process that forked this one had.
long PeakRssKib() {
  long kib = 0;
  std::FILE* status = std::fopen("/proc/self/status", "r");
  char line[128];
  while (status != nullptr && kib == 0 && std::fgets(line, sizeof line, status) != nullptr) {
    std::sscanf(line, "VmHWM: %ld", &kib);
  }
  if (status != nullptr) std::fclose(status);
  return kib;
}

const Workload* Find(std::string_view name) {
  for (const Workload& workload : Workloads()) {
    if (workload.name == name) return &workload;
  }
  return nullptr;
}

struct Arguments {
  const Workload* workload = nullptr;
  uint64_t ops = 0;
  int threads = 1;
  size_t size = 0;
  Held held = {};
  long await_threads = 0;

  bool Read(int argc, char** argv) {
    workload = argc >= 3 ? Find(argv[1]) : nullptr;
    ops = argc >= 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
    bool known = workload != nullptr && ops > 0;
    for (int i = 3; i < argc; ++i) {
      known = known &&
              (std::sscanf(argv[i], "--threads=%d", &threads) == 1 || std::sscanf(argv[i], "--size=%zu", &size) == 1 ||
               std::sscanf(argv[i], "--held=%lu,%lu", &held.count, &held.mib) == 2 ||
               std::sscanf(argv[i], "--await-threads=%ld", &await_threads) == 1);
    }
    return known && threads > 0;
  }
};

int Usage() {
  std::fputs(
      "usage: bench_workloads WORKLOAD OPS [--threads=N] [--size=BYTES] [--held=COUNT,MIB] "
      "[--await-threads=N]\nworkloads:",
      stderr);
  for (const Workload& workload : Workloads()) std::fprintf(stderr, " %s", workload.name.data());
  std::fputs("\n", stderr);
  return 2;
}

}  // namespace
}  // namespace headroom::bench

int main(int argc, char** argv) {
  using namespace headroom::bench;
  Arguments arguments;
  if (!arguments.Read(argc, argv)) return Usage();
  if (arguments.size > 0) UseOneSize(arguments.size);
  if (arguments.held.count > 0) Hold(arguments.held);
  if (arguments.await_threads > 0) AwaitThreads(arguments.await_threads);
  KeepUnsampled(true);
  if (arguments.await_threads > 0) AwaitStarter();
  const Cost cost = Run(*arguments.workload, arguments.threads, arguments.ops);
  const double n = static_cast<double>(arguments.ops);
  std::printf("cpu_ns=%.3f elapsed_ns=%.3f peak_rss_kib=%ld ops_per_sample_8k=%.2f\n", cost.cpu_ns / n,
              cost.elapsed_ns / n, PeakRssKib(), Sizes().OpsPerSample(8192));
}
