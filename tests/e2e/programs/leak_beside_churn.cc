// leak_beside_churn LEAK_KIB_PER_S CHURN_MIB_PER_S SECONDS: allocates at both rates, evenly, from functions of telling
// names. Blocks that churn live for a few milliseconds. What leaks is never freed, unless SIGUSR1 comes: then all of
// it is, and nothing leaks any more. Prints what has leaked once a second.
#include <signal.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <thread>
#include <utility>

namespace {

using Clock = std::chrono::steady_clock;

uint64_t leaked_bytes = 0;

struct Refusal {
  Refusal* before;
  char reason[1008];
};
Refusal* refusals = nullptr;
volatile sig_atomic_t is_mended = 0;

[[gnu::noinline]] void RememberRefusal() {
  Refusal* refusal = new Refusal;
  std::memset(refusal->reason, 'x', sizeof(refusal->reason));
  refusal->before = refusals;
  refusals = refusal;
  leaked_bytes += sizeof(Refusal);
}

void ForgetRefusals() {
  while (refusals != nullptr) delete std::exchange(refusals, refusals->before);
}

[[gnu::noinline]] void ServeRequest(std::deque<char*>* in_flight) {
  constexpr size_t kRequestBytes = 8192, kInFlight = 256;
  char* request = static_cast<char*>(std::malloc(kRequestBytes));
  if (request == nullptr) std::abort();
  request[0] = 1;
  in_flight->push_back(request);
  if (in_flight->size() <= kInFlight) return;
  std::free(in_flight->front());
  in_flight->pop_front();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const double leak_bytes_per_s = std::atof(argv[1]) * 1024, churn_bytes_per_s = std::atof(argv[2]) * 1024 * 1024;
  const double seconds = std::atof(argv[3]);
  signal(SIGUSR1, [](int) { is_mended = 1; });
  std::deque<char*> in_flight;
  uint64_t churned_bytes = 0;
  const Clock::time_point start = Clock::now();
  for (int step = 1;; ++step) {
    std::this_thread::sleep_until(start + std::chrono::milliseconds(step));
    const double elapsed_s = std::chrono::duration<double>(Clock::now() - start).count();
    if (elapsed_s >= seconds) break;
    for (; static_cast<double>(churned_bytes) < churn_bytes_per_s * elapsed_s; churned_bytes += 8192) {
      ServeRequest(&in_flight);
    }
    if (is_mended) ForgetRefusals();
    while (!is_mended && static_cast<double>(leaked_bytes) < leak_bytes_per_s * elapsed_s) RememberRefusal();
    if (step % 1000 != 0) continue;
    std::printf("%.0f %llu\n", elapsed_s, static_cast<unsigned long long>(leaked_bytes));
    std::fflush(stdout);
  }
}
