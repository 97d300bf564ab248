#ifndef HEADROOM_TESTS_HOT_RACE_H_
#define HEADROOM_TESTS_HOT_RACE_H_

#include <atomic>
#include <thread>

namespace headroom::hot {

// `rounds` times: prepare(), then body() on two threads at once. A body should take long against a wake-up, so that the two
// meet somewhere on their way.
template <typename Prepare, typename Body>
void Race(int rounds, Prepare prepare, Body body) {
  std::atomic<int> arrived{0};
  const auto meet = [&](int everybody) {
    ++arrived;
    while (arrived < everybody) std::this_thread::yield();
  };
  std::thread other([&] {
    for (int round = 0; round < rounds; ++round) {
      meet(4 * round + 2);
      body();
      meet(4 * round + 4);
    }
  });
  for (int round = 0; round < rounds; ++round) {
    prepare();
    meet(4 * round + 2);
    body();
    meet(4 * round + 4);
  }
  other.join();
}

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_RACE_H_
