// The same in C++: a listener that is an object, and a label for each tenant.
#include <atomic>
#include <chrono>
#include <headroom/headroom.hpp>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

std::vector<std::string> refusals;

[[gnu::noinline]] void RefuseLogin() { refusals.emplace_back(32768, 'x'); }

}  // namespace

int main() {
  std::atomic<bool> is_told = false;
  auto listener = [&](const headroom::Alarm& alarm) {
    if (alarm.state != HEADROOM_FIRING) return;
    std::cout << "for " << alarm.label << ": " << alarm.growth_bytes_per_s.estimate << " bytes/s\n"
              << alarm.text << std::endl;
    is_told = true;
  };
  headroom::Options options = headroom::NoOptions();
  options.interval = "10ms";    // time-lapsed: a daemon leaves it at 10 s,
  options.cpu_budget = "100%";  // and this at 0.5 %
  options.sample_bytes = "4KiB";
  options.limit_bytes = "64MiB";
  const headroom::Result listening = headroom::OnAlarm(listener), started = headroom::Start(options);
  if (!listening || !started) {
    std::cerr << "not watched: " << started.text() << '\n';
    return 1;
  }
  const headroom::Label tenant("tenant a");
  while (!is_told) {
    RefuseLogin();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return headroom::Stop().value();
}
