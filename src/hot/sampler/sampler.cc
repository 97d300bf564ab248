#include "hot/sampler/sampler.h"

#include <cmath>

#include "hot/os/os.h"

namespace headroom::hot {

thread_local constinit ThreadState thread_state{};
constinit std::atomic<uint64_t> sample_interval_bytes{0};
constinit std::atomic<uint64_t> longest_countdown_bytes{kPollBytes};

namespace {

// SplitMix64 (Steele, Lea, Flood 2014): equidistributed, any seed, one multiply chain.
uint64_t NextRandom(uint64_t& state) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// -1 / ln(1 - 1/T), the scale that turns an exponential into a geometric with mean T - 1 zeros before the hit. The series
// is exact to 1e-9 from the threshold on and spares a second logarithm.
double GapScale(uint64_t interval_bytes) {
  const double t = static_cast<double>(interval_bytes);
  constexpr uint64_t kSeriesFrom = 4096;
  if (interval_bytes >= kSeriesFrom) return t - 0.5 - 1 / (12 * t);
  return -1 / std::log1p(-1 / t);
}

void SeedIfNeeded(ThreadState& state) {
  if (state.random_state != 0) return;
  state.random_state = reinterpret_cast<uintptr_t>(&state) ^ (uint64_t{ThreadId()} << 32) ^ CoarseMilliseconds();
  NextRandom(state.random_state);
}

void Idle(ThreadState& state, uint64_t poll_bytes) {
  state.interval_bytes = 0;
  state.bytes_until_sample = poll_bytes;
}

// The next sampled byte is `gap_bytes` ahead. A countdown cut short tells nothing of the byte at its end: that one is drawn anew.
void CountDownFrom(ThreadState& state, uint64_t gap_bytes, uint64_t interval_bytes) {
  const uint64_t longest = longest_countdown_bytes.load(std::memory_order_relaxed);
  if (gap_bytes >= longest) return Idle(state, longest);
  state.interval_bytes = interval_bytes;
  state.bytes_until_sample = gap_bytes;
}

}  // namespace

uint64_t DrawGap(uint64_t& random_state, uint64_t interval_bytes) {
  if (interval_bytes <= 1) return 0;
  const double uniform = static_cast<double>((NextRandom(random_state) >> 11) + 1) * 0x1p-53;  // (0, 1]
  return static_cast<uint64_t>(-std::log(uniform) * GapScale(interval_bytes));
}

uint64_t OnCountdownPassed(ThreadState& state, uint64_t size) {
  const uint64_t interval = sample_interval_bytes.load(std::memory_order_acquire);
  const uint64_t past = -state.bytes_until_sample;  // 1 .. size: bytes of this allocation from the countdown's end on
  const uint64_t drawn_with = state.interval_bytes;
  if (state.muted) return Idle(state, kNever), 0;
  if (interval == 0) return Idle(state, longest_countdown_bytes.load(std::memory_order_relaxed)), 0;
  SeedIfNeeded(state);
  uint64_t weight = drawn_with + past - 1;
  if (drawn_with == 0 || past > size) {
    // The countdown was no draw (a new thread, sampling just began, a countdown cut short): the bytes after its end meet
    // a fresh one.
    const uint64_t left = past <= size ? past : size;
    const uint64_t gap = DrawGap(state.random_state, interval);
    if (gap >= left) return CountDownFrom(state, gap - left, interval), 0;
    weight = interval + left - 1 - gap;
  }
  CountDownFrom(state, DrawGap(state.random_state, interval), interval);
  return weight;
}

void Mute(ThreadState& state, bool muted) {
  state.muted = muted;
  state.bytes_until_sample = 0;
  state.interval_bytes = 0;
}

void BeginAnew(ThreadState& state, uint64_t entropy) {
  state.random_state ^= entropy * 0x9E3779B97F4A7C15u;
  state.bytes_until_sample = 0;
  state.interval_bytes = 0;
  state.thread_id = 0;
}

}  // namespace headroom::hot
