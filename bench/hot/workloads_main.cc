// bench_workloads WORKLOAD OPS [--held=COUNT,MIB] [--threads=N]: loops that do little but malloc and free, to measure
// what a preloaded library adds. Prints processor and elapsed time an op; the same arguments always do the same work.
// --held     first makes COUNT blocks of about MIB each and keeps them, so that a sampler has live samples
// --threads  allocates until a preloaded library has started threads enough to make N, says so, and begins at the end
// of
//            standard input: the start is not measured, and whoever compares two processes can have both ready
#include <malloc.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <thread>
#include <vector>

#include "hot/sizes.h"
#include "hot/workloads.h"

namespace headroom::bench {
namespace {

struct Held {
  unsigned long count, mib;
};

constexpr Held kSamples5k = {5800, 1};  // at 512 KiB a sample, one block of 1 MiB in e^2 escapes

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

long Threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

void WaitForThreads(long threads) {
  const double deadline_ns = NowNs(CLOCK_MONOTONIC) + 10e9;
  while (Threads() < threads) {
    for (int i = 0; i < 10'000; ++i) std::free(std::malloc(100'000));
    if (NowNs(CLOCK_MONOTONIC) > deadline_ns) {
      std::fprintf(stderr, "bench_workloads: %ld threads, expected %ld\n", Threads(), threads);
      std::exit(1);
    }
  }
  std::puts("ready");
  std::fflush(stdout);
  char ignored;
  while (read(STDIN_FILENO, &ignored, 1) > 0) continue;
}

struct Cost {
  double cpu_ns, elapsed_ns;
};

Cost Now() { return {NowNs(CLOCK_PROCESS_CPUTIME_ID), NowNs(CLOCK_MONOTONIC)}; }

// By this name a counter of instructions finds the part of the first thread that counts.
extern "C" [[gnu::noinline]] void bench_timed_loop(Loop& loop, uint64_t ops) { loop(ops); }

constexpr uint64_t kWarmUpOps = 10'000;

// Every thread prepares itself and fills the caches, its own and those of whatever is preloaded; then all start
// together, and the last one ends it.
Cost Run(const Workload& workload, uint64_t ops) {
  std::barrier start(workload.threads);
  const auto ready_loop = [&](int thread) {
    Loop loop = workload.prepare(thread);
    loop(kWarmUpOps);
    start.arrive_and_wait();
    return loop;
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < workload.threads; ++thread) {
    others.emplace_back([&, thread] { ready_loop(thread)(ops / workload.threads); });
  }
  Loop loop = ready_loop(0);
  const Cost before = Now();
  bench_timed_loop(loop, ops / workload.threads);
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

int Usage() {
  std::fputs("usage: bench_workloads WORKLOAD OPS [--held=COUNT,MIB] [--threads=N]\nworkloads:", stderr);
  for (const Workload& workload : Workloads()) std::fprintf(stderr, " %s", workload.name.data());
  std::fputs("\n", stderr);
  return 2;
}

}  // namespace
}  // namespace headroom::bench

int main(int argc, char** argv) {
  using namespace headroom::bench;
  const Workload* workload = argc >= 3 ? Find(argv[1]) : nullptr;
  const uint64_t ops = argc >= 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (workload == nullptr || ops == 0) return Usage();
  Held held = workload->name == "samples5k" ? kSamples5k : Held{};
  long threads = 0;
  for (int i = 3; i < argc; ++i) {
    const bool known = std::sscanf(argv[i], "--held=%lu,%lu", &held.count, &held.mib) == 2 ||
                       std::sscanf(argv[i], "--threads=%ld", &threads) == 1;
    if (!known) return Usage();
  }
  if (held.count > 0) Hold(held);
  if (threads > 0) WaitForThreads(threads);

  const Cost cost = Run(*workload, ops);
  const double n = static_cast<double>(ops);
  std::printf("cpu_ns=%.3f elapsed_ns=%.3f peak_rss_kib=%ld ops_per_sample_8k=%.2f\n", cost.cpu_ns / n,
              cost.elapsed_ns / n, PeakRssKib(), Sizes().OpsPerSample(8192));
}
