// Poisson sampling by bytes: every byte an allocation asks for is the sampled one with probability 1/T, independently, so
// the gap to the next sampled byte is geometric with mean T. A hook subtracts the size from the thread's countdown and
// goes on; only the call whose size is larger than what was left comes here.
//
// Weight of a sample: an allocation of k bytes whose byte number f (from 0) was the sampled one stands for
//   W = T + k - 1 - f
// bytes. Sum over f of P(first sampled byte is f) * W(f) = k, so sums of W are unbiased for every size, and T is the interval
// in force when the countdown was drawn, so T may change at any time. (google/tcmalloc, docs/sampling.md, has the same weight.)
#ifndef HEADROOM_HOT_SAMPLER_SAMPLER_H_
#define HEADROOM_HOT_SAMPLER_SAMPLER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "hot/os/visibility.h"

namespace headroom::hot {

// One thread's sampling state. Zero-filled means "nothing drawn yet": a thread's first allocation comes to the slow path.
// Only its own thread touches it; a signal handler on that thread may allocate at any point.
struct ThreadState {
  uint64_t bytes_until_sample;
  uint64_t interval_bytes;  // T in force when the countdown was drawn; 0 = the countdown is no draw
  uint64_t random_state;    // 0 = not seeded
  uintptr_t stack_low;      // [stack_low, stack_high): of the thread's own stack, found readable
  uintptr_t stack_high;
  uint32_t thread_id;  // 0 = not asked yet
  uint32_t label;      // of the thread's samples; see label_table.h
  bool muted;          // never sampled: the agent's own thread, or at the program's wish
};
static_assert(sizeof(ThreadState) <= 64, "initial-exec TLS is scarce: a daemon may dlopen others that need it");

// The calling thread's state.
extern thread_local constinit ThreadState thread_state HEADROOM_HIDDEN __attribute__((tls_model("initial-exec")));

// Mean bytes between samples; 0 = not sampling. A thread that sees the old value a little longer keeps drawing with it, and its samples
// carry it in their weight. Acquire where the slow path finds sampling on: partner of the release by which the agent switches it on after
// Arm, so that the tables are there; the agent's and the brake's later changes are exchanges, which carry that release on.
extern constinit std::atomic<uint64_t> sample_interval_bytes HEADROOM_HIDDEN;

// No thread stays out of the slow path for longer than this many bytes: small while something waits to be noticed there
// (sampling to be switched on, an agent to be started), else kNever. Cutting a countdown short adds no bias: a gap has no memory,
// so what was not reached is drawn anew. Relaxed, like the interval.
inline constexpr uint64_t kPollBytes = 64 * 1024;
inline constexpr uint64_t kNever = uint64_t{1} << 62;
extern constinit std::atomic<uint64_t> longest_countdown_bytes HEADROOM_HIDDEN;

// The countdown of `state` went below zero by an allocation of `size` bytes: draws the next one. Returns the weight in
// bytes when this allocation is a sample, else 0.
uint64_t OnCountdownPassed(ThreadState& state, uint64_t size);

// Bytes before the next sampled byte: geometric, P(0) = 1/interval. For `interval` 1 always 0.
uint64_t DrawGap(uint64_t& random_state, uint64_t interval_bytes);

// From now on the thread is sampled, or not. Ends its countdown, which a muted thread may have used up: a gap has no memory.
void Mute(ThreadState& state, bool muted);

// For the one thread of a forked child: forgets its drawn countdown and its thread's number, and makes its draws differ from
// its parent's.
void BeginAnew(ThreadState& state, uint64_t entropy);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_SAMPLER_SAMPLER_H_
