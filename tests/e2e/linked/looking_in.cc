// Uses all of headroom.hpp once: a labelled leak, a pool that reports its blocks, a snapshot, a profile, metrics, growth that is accepted.
#include <fcntl.h>
#include <headroom/headroom.hpp>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <thread>
#include <type_traits>

namespace {

std::atomic<int> firing = 0, resolved = 0;

struct Listener {
  void operator()(const headroom::Alarm& alarm) {
    ++(alarm.state == HEADROOM_RESOLVED ? resolved : firing);
    throw std::runtime_error("a listener that throws");
  }
};

template <typename Condition>
bool Wait(Condition condition) {
  for (int i = 0; i < 6000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return condition();
}

[[gnu::noinline]] void Keep(size_t bytes) {
  static void* volatile last;
  void** block = static_cast<void**>(std::malloc(bytes));
  *block = last;
  last = block;
}

bool NamesMain(const headroom::Site& site) {
  for (uint32_t i = 0; i < site.depth; ++i) {
    if (headroom::FrameName(site.frames[i]) == "main") return true;
  }
  return false;
}

bool HasSite(const char* label, double at_least_bytes) {
  std::vector<headroom::Site> sites;
  if (!headroom::Snapshot(sites)) return false;
  for (const headroom::Site& site : sites) {
    if (std::strcmp(site.label, label) == 0 && site.live_bytes >= at_least_bytes && site.depth > 0) return NamesMain(site);
  }
  return false;
}

static_assert(!std::is_convertible_v<void (*)(const headroom_alarm*, void*), headroom_alarm_callback>,
              "a C callback that may throw is not taken");

// What a program has that was built with an older header, where the structure ended earlier.
struct OldOptions {
  size_t size;
  const char *enable, *autostart, *sample_bytes, *interval;
};

bool StartsWithOldOptions() {
  const OldOptions old[] = {{sizeof(OldOptions), nullptr, nullptr, "2KiB", "10ms"}, {sizeof(OldOptions), "what", "lies", "behind", "it"}};
  if (headroom_start(reinterpret_cast<const headroom_options*>(old)) != HEADROOM_OK) return false;
  headroom_status status{};
  const bool ticks = Wait([&] { return headroom::GetStatus(status) && status.tick > 1; });  // 10 s apart by default
  return headroom::Stop() && ticks && status.sample_bytes >= 2048 && status.sample_bytes < 512 * 1024;
}

// One that was built with a newer header: what this agent does not know stays as it was.
struct NewStatus {
  headroom_status known;
  uint64_t later;
};

bool FillsNewStatus() {
  NewStatus status{};
  status.known.size = sizeof(status);
  status.later = 7;
  return headroom_get_status(&status.known) == HEADROOM_OK && status.known.tick > 0 && status.known.size == sizeof(status) &&
         status.later == 7;
}

bool FillsOldStatus() {
  headroom_status status{};
  status.size = offsetof(headroom_status, tick);
  status.tick = 7;
  return headroom_get_status(&status) == HEADROOM_OK && status.armed == 1 && status.tick == 7;
}

struct OldSite {
  size_t size;
  uint64_t key;
  double live_bytes;
};

bool FillsOldElements() {
  OldSite sites[] = {{sizeof(OldSite), 0, 0}, {}, {0, 7, 7}};
  size_t count = 0;
  if (headroom_snapshot(reinterpret_cast<headroom_site*>(sites), 2, &count) != HEADROOM_OK || count < 2) return false;
  return sites[0].live_bytes >= sites[1].live_bytes && sites[1].live_bytes > 0 && sites[0].key != sites[1].key &&
         sites[1].size == sizeof(OldSite) && sites[2].size == 0 && sites[2].key == 7 && sites[2].live_bytes == 7;
}

bool RefusesElementsWithoutASize() {
  headroom_site site{};
  size_t count = 0;
  return headroom_snapshot(&site, 1, &count) == HEADROOM_BAD_ARGUMENT;
}

int failures = 0;
void Check(const char* what, bool holds) {
  failures += holds ? 0 : 1;
  std::printf("%s: %s\n", what, holds ? "yes" : "NO");
}

}  // namespace

int main(int, char** argv) {
  headroom::Options options = headroom::NoOptions();
  options.interval = "10ms";
  options.cpu_budget = "100%";
  options.sample_bytes = "1KiB";
  options.cpu_budget = "100%";
  options.limit_bytes = "64MiB";
  options.alarm_sinks = "file:/dev/null";
  Listener listener;
  Check("starts with an older program's options", StartsWithOldOptions());
  Check("listens", bool(headroom::OnAlarm(listener)));
  Check("starts", bool(headroom::Start(options)));
  {
    const headroom::Label tenant("tenant a");  // whose first 64 KiB this thread may allocate before it looks up
    for (int i = 0; i < 100; ++i) Keep(10000);
  }
  for (int i = 0; i < 100; ++i) Keep(10000);
  Check("shows the labelled site", HasSite("tenant a", 700e3) && !HasSite("tenant b", 0));
  Check("shows the site without a label", HasSite("", 900e3));
  Check("fills an older program's shorter elements", FillsOldElements());
  Check("fills an older program's shorter status", FillsOldStatus());
  Check("leaves a newer program's longer status its end", Wait(FillsNewStatus));
  Check("refuses elements without a size", RefusesElementsWithoutASize());
  {
    const headroom::Label pool("pool");
    static char arena[1 << 20];
    for (int i = 0; i < 1024; ++i) headroom::ReportAlloc(arena + i * 1024, 1024);
    Check("shows what a pool reports", HasSite("pool", 900e3));
    for (int i = 0; i < 1024; ++i) headroom::ReportFree(arena + i * 1024);
    Check("forgets what a pool frees", !HasSite("pool", 200e3));  // what looks on allocates under the label too
  }
  {
    const headroom::Muted muted;
    const headroom::Label label("muted");
    for (int i = 0; i < 100; ++i) Keep(10000);
    Check("shows nothing of a muted thread", !HasSite("muted", 0));
  }
  const int fd = open(argv[1], O_WRONLY | O_CREAT, 0600);
  Check("writes a profile", bool(headroom::WriteProfile(fd)));
  close(fd);
  Check("says where it cannot", headroom::WriteProfile(-1) == headroom::Result(HEADROOM_IO_ERROR));
  const std::string metrics = headroom::Metrics();
  Check("writes metrics", metrics.find("\nheadroom_heap_live_bytes{") != metrics.npos && metrics.back() == '\n');
  char little[100];
  Check("cuts metrics after a line", headroom_write_metrics(little, sizeof(little)) > 1000 && little[std::strlen(little) - 1] == '\n');
  std::atomic<bool> is_leaking = true;
  std::thread leak([&] {
    while (is_leaking) Keep(32768), std::this_thread::sleep_for(std::chrono::milliseconds(2));
  });
  Check("is told, and throws", Wait([] { return firing > 0; }));
  Check("accepts the growth", bool(headroom::AcceptGrowth()));
  headroom::Status status;
  Check("is told that it is over", Wait([&] { return resolved > 0; }));
  Check("counts it", Wait([&] { return headroom::GetStatus(status) && status.suppressed > 0 && status.alarms == 0; }));
  is_leaking = false;
  leak.join();
  Check("stops", bool(headroom::Stop()));
  Check("has no metrics then", headroom::Metrics().empty());
  return failures == 0 ? 0 : 1;
}
