#include "agent/process_reading.h"

#include <utility>

#include "agent/agent_log.h"
#include "agent/process.h"
#include "agent/tick_timer.h"

namespace headroom {

namespace {

constexpr uint64_t kTicksPerMappingCount = 60;

}  // namespace

void ProcessReading::Read(uint64_t tick, double time_s) {
  const bool is_counting_tick = HasBegunPeriod(last_tick_, tick, kTicksPerMappingCount);
  last_tick_ = tick;
  const bool is_read = limits_.Read(is_counting_tick ? LimitReader::Mappings::kCount : LimitReader::Mappings::kSkip,
                                    &fresh_.memory, &fresh_.limits);
  if (is_read) std::swap(state_, fresh_);
  if (!is_read && !is_blind_) {
    Log(LogLevel::kError, Code::kBlindToMemory,
        "/proc/self/status cannot be read (chroot?): memory used and left is not known from here on");
  }
  is_blind_ = !is_read;
  state_.time_s = time_s;
  state_.uptime_s = MonotonicSeconds() - process.start_monotonic_s;
}

}  // namespace headroom
