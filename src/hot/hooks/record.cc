#include "hot/hooks/record.h"

#include <cerrno>

#include "hot/os/os.h"
#include "hot/sampler/sampling_load.h"

namespace headroom::hot {

constinit std::atomic<void (*)()> start_agent{nullptr};

namespace {

constinit const ThreadState* main_thread = nullptr;  // its state's address tells it from others

class ErrnoSaver {
 public:
  ErrnoSaver() : saved_(errno) {}
  ~ErrnoSaver() { errno = saved_; }
  ErrnoSaver(const ErrnoSaver&) = delete;
  ErrnoSaver& operator=(const ErrnoSaver&) = delete;

 private:
  const int saved_;
};

uint32_t OwnThreadId() {
  if (thread_state.thread_id == 0) thread_state.thread_id = ThreadId();
  return thread_state.thread_id;
}

// Whether the memory from `readable` up to the first frame is the calling thread's own stack: that stays as long as the thread does,
// while a fiber's stack or a signal's may be gone by the next sample. The main thread's ends where the loader saw it; any
// other's ends below thread_state, because libc puts thread-local memory on top of the stack it makes.
bool IsOnOwnStack(const ReadableStack& readable) {
  constexpr uintptr_t kFirstFramesBytes = 16 * 1024;  // less than the smallest stack, so that none below it is mistaken for it
  const bool is_main = main_thread == &thread_state;
  const uintptr_t end = is_main ? MainStackEnd() : reinterpret_cast<uintptr_t>(&thread_state);
  return readable.low < end && end < readable.high + kFirstFramesBytes;
}

// A stack pointer outside the window is on a stack that this thread did not use before: begin anew there.
void CaptureStack(WalkPoint caller, SiteKind kind, Stack* stack) {
  ReadableStack readable{thread_state.stack_low, thread_state.stack_high};
  const WalkEnd end = WalkStack(caller, &readable, stack->frames, kMaxFrames, &stack->depth);
  if (IsOnOwnStack(readable)) {
    thread_state.stack_low = readable.low;
    thread_state.stack_high = readable.high;
  }
  stack->kind = kind;
  stack->label = thread_state.label;
  if (end == WalkEnd::kUnknownCode || end == WalkEnd::kBadStack) {
    tables.losses.unwind_failures.fetch_add(1, std::memory_order_relaxed);
  }
}

// The sample of one allocation, with its site pinned and found but not yet counted.
Sample MakeSample(uint64_t size_bytes, uint64_t weight_bytes, WalkPoint caller, SiteKind kind) {
  Stack stack;
  CaptureStack(caller, kind, &stack);
  const uint32_t tick = tables.tick.load(std::memory_order_relaxed);
  return {size_bytes, weight_bytes, tables.sites.FindAndPin(stack, tick), tick, OwnThreadId()};
}

void Drop(const Sample& sample, std::atomic<uint64_t>* reason) {
  tables.sites.Unpin(sample.site);
  reason->fetch_add(1, std::memory_order_relaxed);
}

void RecordBlock(void* block, const Sample& sample) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(block);
  // Still there from a block whose free went past us: that one is over.
  ForgetBlock(block);
  if (!tables.filter.Add(address)) return Drop(sample, &tables.losses.filter_full);
  if (!tables.live.Insert(address, sample)) {
    tables.filter.Remove(address);
    return Drop(sample, &tables.losses.live_table_full);
  }
  tables.sites.CountBirth(sample.site, sample.weight_bytes);
}

void CountDeath(const Sample& sample) {
  const uint32_t age_ticks = tables.tick.load(std::memory_order_relaxed) - sample.birth_tick;
  tables.sites.CountDeath(sample.site, sample.weight_bytes, age_ticks);
}

bool InsertMapping(Range range, const Sample& sample) {
  if (!tables.live.Insert(range.start, sample)) return Drop(sample, &tables.losses.live_table_full), false;
  if (!tables.mappings.Insert(range)) {
    Sample gone;
    tables.live.Take(range.start, &gone);
    return Drop(sample, &tables.losses.mapping_table_full), false;
  }
  tables.sites.CountBirth(sample.site, sample.weight_bytes);
  return true;
}

// What a cut left of a mapping goes on as a sample of its own, as old as the whole was. The site is pinned once more for it
// while the whole still pins it.
void KeepRest(Range rest, const Sample& whole) {
  if (rest.start >= rest.end) return;
  Sample sample = whole;
  sample.size_bytes = sample.weight_bytes = rest.end - rest.start;
  tables.sites.PinAgain(sample.site);
  InsertMapping(rest, sample);
}

}  // namespace

void NoteMainThread() { main_thread = &thread_state; }

uint64_t BeginAllocation(uint64_t size_bytes) {
  const ErrnoSaver errno_saver;
  return OnCountdownPassed(thread_state, size_bytes);
}

void EndAllocation(void* block, uint64_t size_bytes, uint64_t weight_bytes, WalkPoint caller) {
  const ErrnoSaver errno_saver;
  // Acquire: partner of the release with which the agent publishes the function's state.
  if (void (*start)() = start_agent.load(std::memory_order_acquire)) start();
  if (block == nullptr || weight_bytes == 0) return;
  const uint64_t begin = Cycles();
  RecordBlock(block, MakeSample(size_bytes, weight_bytes, caller, SiteKind::kHeap));
  CountSample(Cycles() - begin);
}

void ForgetBlock(const void* block) {
  Sample sample;
  if (SetAside(block, &sample)) CountDead(block, sample);
}

bool SetAside(const void* block, Sample* sample) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(block);
  return tables.filter.MayContain(address) && tables.live.Take(address, sample);
}

void PutBack(const void* block, const Sample& sample) {
  if (tables.live.Insert(reinterpret_cast<uintptr_t>(block), sample)) return;
  CountDead(block, sample);
  tables.losses.live_table_full.fetch_add(1, std::memory_order_relaxed);
}

void CountDead(const void* block, const Sample& sample) {
  tables.filter.Remove(reinterpret_cast<uintptr_t>(block));
  CountDeath(sample);
}

void RecordMapping(Range range, WalkPoint caller) {
  const ErrnoSaver errno_saver;
  const bool sampling = sample_interval_bytes.load(std::memory_order_acquire) != 0;  // partner: see sampler.h
  if (!sampling || thread_state.muted) return;
  // Whatever is still there was unmapped past us: the kernel does not hand out a range that is in use.
  if (!tables.mappings.empty()) ForgetMappings(range);
  const uint64_t bytes = range.end - range.start;
  InsertMapping(range, MakeSample(bytes, bytes, caller, SiteKind::kMapping));
}

void ForgetMappings(Range cut) {
  const ErrnoSaver errno_saver;
  Range range;
  while (tables.mappings.TakeOverlapping(cut, &range)) {
    Sample sample;
    if (!tables.live.Take(range.start, &sample)) continue;
    KeepRest({range.start, cut.start}, sample);
    KeepRest({cut.end, range.end}, sample);
    CountDeath(sample);
  }
}

}  // namespace headroom::hot
