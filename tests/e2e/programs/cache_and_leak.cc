// cache_and_leak CACHE_MIB FILL_S LEAK_KIB_PER_S: fills a cache evenly and keeps it from then on; leaks evenly from the
// start on, from functions of telling names. Ends by itself when no test can be waiting any more.
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "pace.h"

namespace {

constexpr size_t kBlockBytes = 4096;

std::vector<char*> cache;
std::vector<char*> refusals;

[[gnu::noinline]] char* Filled() {
  char* block = static_cast<char*>(std::malloc(kBlockBytes));
  std::memset(block, 'x', kBlockBytes);
  return block;
}

[[gnu::noinline]] void CacheReply() { cache.push_back(Filled()); }
[[gnu::noinline]] void RememberRefusal() { refusals.push_back(Filled()); }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const size_t cache_blocks = static_cast<size_t>(std::atoi(argv[1])) * 1024 * 1024 / kBlockBytes;
  const double fill_s = std::atof(argv[2]), leak_bytes_per_s = std::atof(argv[3]) * 1024;
  cache.reserve(cache_blocks);
  refusals.reserve(1 << 17);
  std::thread leaking([=] { AtPace(leak_bytes_per_s, kBlockBytes, RememberRefusal, IsTestStillOn); });
  const double cache_bytes_per_s = static_cast<double>(cache_blocks * kBlockBytes) / fill_s;
  AtPace(cache_bytes_per_s, kBlockBytes, CacheReply, [=] { return cache.size() < cache_blocks; });
  leaking.join();
}
