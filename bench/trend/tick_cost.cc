// What one tick of the trend engine and of the judge costs: 10,000 sites with samples of every age, 160,000 in all.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "forecast/judge.h"
#include "tests/support/random.h"
#include "trend/trend_engine.h"

namespace headroom {
namespace {

constexpr uint64_t kSites = 10000;
constexpr int kTicks = 1200;
constexpr double kSampleBytes = 512 * 1024;

double CpuMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

SiteSnapshot MakeSite(uint64_t site_key) {
  SiteSnapshot site;
  site.site_key = site_key;
  site.has_ages = true;
  site.live_by_age.fill({1, kSampleBytes});
  site.died_samples_by_age.fill(50);
  site.died_samples = 50 * kAgeClasses;
  site.born_samples = site.died_samples + kAgeClasses;
  site.died_bytes = kSampleBytes * static_cast<double>(site.died_samples);
  site.born_bytes = kSampleBytes * static_cast<double>(site.born_samples);
  return site;
}

// One more sample that is already old, or the death of one in whose place another was born.
void Leak(SiteSnapshot& site) {
  constexpr int kAgeClass = 10;
  ++site.born_samples;
  site.born_bytes += kSampleBytes;
  ++site.live_by_age[kAgeClass].samples;
  site.live_by_age[kAgeClass].bytes += kSampleBytes;
}

void TurnOver(SiteSnapshot& site, testing::Random& random) {
  ++site.born_samples;
  ++site.died_samples;
  site.born_bytes += kSampleBytes;
  site.died_bytes += kSampleBytes;
  ++site.died_samples_by_age[3 + random.Next() % 6];
}

// The first tick, in which all sites come at once, apart from the others.
void Print(const char* what, std::vector<double> milliseconds) {
  const double first = milliseconds.front();
  milliseconds.erase(milliseconds.begin());
  std::ranges::sort(milliseconds);
  const size_t ticks = milliseconds.size();
  std::printf("  %-6s first %6.2f  median %6.2f  90%% %6.2f  most %6.2f ms of CPU a tick\n", what, first,
              milliseconds[ticks / 2], milliseconds[ticks * 9 / 10], milliseconds.back());
}

// One in so many sites leaks.
void Measure(uint64_t sites_per_leak) {
  testing::Random random(1);
  TrendEngine engine;
  Judge judge{JudgeOptions()};
  Snapshot snapshot;
  snapshot.sample_bytes = static_cast<uint64_t>(kSampleBytes);
  for (uint64_t key = 1; key <= kSites; ++key) snapshot.sites.push_back(MakeSite(key));
  ProcessState process;
  process.limits = {{.name = "option", .limit = uint64_t{1} << 40, .used = uint64_t{1} << 37}};
  std::vector<double> engine_ms, judge_ms;
  size_t state_bytes = 0, growths = 0;
  for (; snapshot.tick < kTicks; ++snapshot.tick) {
    for (SiteSnapshot& site : snapshot.sites) {
      if (random.Uniform() < 0.5) site.site_key % sites_per_leak == 0 ? Leak(site) : TurnOver(site, random);
    }
    const double start = CpuMilliseconds();
    const TrendReport& report = engine.Observe(snapshot, 1e9);
    const double middle = CpuMilliseconds();
    judge.Observe(report, process);
    judge_ms.push_back(CpuMilliseconds() - middle);
    engine_ms.push_back(middle - start);
    state_bytes = report.state_bytes;
    growths = report.growths.size();
  }
  std::printf("%zu growths, %zu bytes a site\n", growths, state_bytes / kSites);
  Print("engine", std::move(engine_ms));
  Print("judge", std::move(judge_ms));
}

}  // namespace
}  // namespace headroom

int main() {
  for (const uint64_t sites_per_leak : {1000, 3}) headroom::Measure(sites_per_leak);
  return 0;
}
