// The incident of 22 October 2012 in small: an agent on a storage server reports to a collector that it finds by name. The collector
// is replaced; the name's update reaches everybody or - as it happened - not this agent, which goes on calling a server that is gone
// and leaks a little each time. No level gives it away: the agent's caches breathe with the load by more than it leaks in half a minute.
//
//   collection_agent --propagated=yes|no [--move-after=SECONDS] [--duration=SECONDS]
#include <malloc.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

#include "collector.h"
#include "name_service.h"
#include "reporting_agent.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kStep{10};
constexpr double kDaySeconds = 8;  // time-lapsed

volatile std::sig_atomic_t stop_asked = 0;

struct Arguments {
  bool is_propagated = true;
  double move_after_s = 16;
  double duration_s = 120;
};

std::optional<Arguments> Parse(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const size_t equals = argument.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = argument.substr(0, equals);
    const char* value = argv[i] + equals + 1;
    if (name == "--propagated" && (std::string_view(value) == "yes" || std::string_view(value) == "no")) {
      arguments.is_propagated = std::string_view(value) == "yes";
    } else if (name == "--move-after") {
      arguments.move_after_s = std::atof(value);
    } else if (name == "--duration") {
      arguments.duration_s = std::atof(value);
    } else {
      return std::nullopt;
    }
  }
  return arguments;
}

void Run(const Arguments& arguments) {
  NameService names;
  std::optional<Collector> old_collector(std::in_place);
  std::optional<Collector> new_collector;
  names.Publish(old_collector->port());
  ReportingAgent agent(Resolver(names, !arguments.is_propagated));

  const Clock::time_point start = Clock::now();
  for (int64_t step = 1; !stop_asked; ++step) {
    std::this_thread::sleep_until(start + step * kStep);
    const double elapsed_s = std::chrono::duration<double>(Clock::now() - start).count();
    if (elapsed_s >= arguments.duration_s) break;
    if (old_collector && elapsed_s >= arguments.move_after_s) {
      new_collector.emplace();
      names.Publish(new_collector->port());
      old_collector.reset();
      std::printf("collection_agent: %3.0f s: the collector was replaced\n", elapsed_s);
    }
    agent.Step(std::fmod(elapsed_s, kDaySeconds) / kDaySeconds);
    if (step % 500 != 0) continue;
    std::printf("collection_agent: %3.0f s: %zu volumes cached, %llu reports delivered, %llu not\n", elapsed_s,
                agent.cached_volumes(), static_cast<unsigned long long>(agent.delivered()),
                static_cast<unsigned long long>(agent.failed()));
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Arguments> arguments = Parse(argc, argv);
  if (!arguments) {
    std::fprintf(stderr, "usage: collection_agent --propagated=yes|no [--move-after=SECONDS] [--duration=SECONDS]\n");
    return 2;
  }
  mallopt(M_MMAP_THRESHOLD, 32 * 1024);  // what the cache gives up goes back to the system at once
  std::signal(SIGTERM, [](int) { stop_asked = 1; });
  std::signal(SIGINT, [](int) { stop_asked = 1; });
  Run(*arguments);
  return 0;
}
