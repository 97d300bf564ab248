#include "tests/interleavings/schedules.h"

#include <bit>

namespace headroom::interleavings {

namespace {

constexpr size_t kStackBytes = 64 * 1024;

}  // namespace

Schedules* Schedules::running_ = nullptr;

uint64_t Schedules::RunAll(const Scenario& scenario) {
  Schedules schedules(scenario);
  uint64_t orders = 0;
  do {
    orders += schedules.RunOnce();
  } while (schedules.ToNextOrder());
  return orders;
}

void Schedules::Announce(Step step) {
  if (running_ == nullptr) return;
  Thread& self = running_->threads_[running_->current_];
  self.next = step;
  swapcontext(&self.context, &running_->scheduler_);
}

// Along choices_ as far as they go, and then on with the first thread that is awake.
bool Schedules::RunOnce() {
  scenario_.prepare();
  running_ = this;
  for (size_t thread = 0; thread < threads_.size(); ++thread) Start(thread);
  ThreadSet asleep = 0;
  for (size_t depth = 0; (alive_ & ~asleep) != 0; ++depth) {
    if (depth == choices_.size()) {
      choices_.push_back({static_cast<size_t>(std::countr_zero(alive_ & ~asleep)), alive_, asleep});
    }
    asleep = GoOn(choices_[depth]);
  }
  running_ = nullptr;
  if (alive_ != 0) return false;
  scenario_.check();
  return true;
}

// The last point where somebody else could have gone on; who did go on there sleeps from now on.
bool Schedules::ToNextOrder() {
  for (; !choices_.empty(); choices_.pop_back()) {
    Choice& last = choices_.back();
    last.asleep |= ThreadSet{1} << last.thread;
    const ThreadSet awake = last.alive & ~last.asleep;
    last.thread = static_cast<size_t>(std::countr_zero(awake));
    if (awake != 0) return true;
  }
  return false;
}

// One step; returns who sleeps on: its next step is independent of this one.
Schedules::ThreadSet Schedules::GoOn(const Choice& choice) {
  const Step step = threads_[choice.thread].next;
  ThreadSet asleep = 0;
  for (size_t i = 0; i < threads_.size(); ++i) {
    const ThreadSet bit = ThreadSet{1} << i;
    if ((choice.asleep & bit) != 0 && !threads_[i].next.DependsOn(step)) asleep |= bit;
  }
  SwitchTo(choice.thread);
  return asleep;
}

// Up to its first access.
void Schedules::Start(size_t thread) {
  Thread& started = threads_[thread];
  if (started.stack == nullptr) started.stack = std::make_unique<char[]>(kStackBytes);
  getcontext(&started.context);
  started.context.uc_stack.ss_sp = started.stack.get();
  started.context.uc_stack.ss_size = kStackBytes;
  started.context.uc_link = &scheduler_;
  makecontext(&started.context, ThreadMain, 0);
  alive_ |= ThreadSet{1} << thread;
  SwitchTo(thread);
}

void Schedules::SwitchTo(size_t thread) {
  current_ = thread;
  swapcontext(&scheduler_, &threads_[thread].context);
}

void Schedules::ThreadMain() {
  Schedules& schedules = *running_;
  const size_t self = schedules.current_;
  schedules.scenario_.threads[self]();
  schedules.alive_ &= ~(ThreadSet{1} << self);
}

}  // namespace headroom::interleavings
