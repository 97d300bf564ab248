#include "agent/dump_keeper.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "agent/agent_log.h"
#include "agent/engine_options.h"
#include "agent/tick_timer.h"

namespace headroom {

namespace {

uint64_t TicksBetween(const Options& options) {
  const double ticks = std::chrono::duration<double>(options.dump_interval).count() / IntervalSeconds(options);
  return static_cast<uint64_t>(std::max(1.0, std::round(ticks)));
}

}  // namespace

DumpKeeper::DumpKeeper(const Options& options, std::string_view program)
    : ticks_between_(TicksBetween(options)), pause_for_each_second_(1 / options.cpu_budget - 1) {
  if (!options.dump_dir.empty()) directory_.emplace(options.dump_dir, program, getpid());
}

bool DumpKeeper::IsDue(uint64_t tick, double monotonic_s) const {
  if (!directory_ || monotonic_s < next_s_) return false;
  return is_alarm_ || !last_tick_ || tick - *last_tick_ >= ticks_between_;
}

void DumpKeeper::Write(const HeapView& heap) {
  const double start_s = MonotonicSeconds();
  const bool written = directory_->Write(heap);
  if (!written && !failing_) {
    Log(LogLevel::kWarning, Code::kDumpFails, "heap dumps: " + std::string(directory_->last_error()));
  }
  failing_ = !written;
  is_alarm_ = false;
  last_tick_ = heap.snapshot.tick;
  const double end_s = MonotonicSeconds();
  next_s_ = end_s + pause_for_each_second_ * (end_s - start_s);
}

}  // namespace headroom
