#include "agent/errands.h"

#include <time.h>

#include <new>

#include "agent/scoped_lock.h"

namespace headroom {

constinit Errands errands;

Errands::Outcome Errands::Ask(void (*errand)(Watch&, void*), void* context) {
  Errand mine{.run = errand, .context = context};
  const ScopedLock lock(mutex_);
  are_wanted_.store(true, std::memory_order_relaxed);
  if (!is_open_) return Outcome::kNoAgent;
  *end_ = &mine;
  end_ = &mine.next;
  pthread_cond_signal(&asked_);
  while (!mine.is_over) pthread_cond_wait(&over_, &mutex_);
  return mine.outcome;
}

void Errands::Expect() {
  const ScopedLock lock(mutex_);
  is_open_ = true;
  is_stopped_ = false;
  are_wanted_.store(true, std::memory_order_relaxed);
}

void Errands::Open() {
  const ScopedLock lock(mutex_);
  is_open_ = true;
}

void Errands::Stop() {
  const ScopedLock lock(mutex_);
  is_stopped_ = true;
  are_wanted_.store(true, std::memory_order_relaxed);
  pthread_cond_signal(&asked_);
}

bool Errands::WaitUntil(std::chrono::nanoseconds moment, Watch& watch) {
  constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);
  const timespec until{static_cast<time_t>(moment / kSecond), static_cast<long>((moment % kSecond).count())};
  const ScopedLock lock(mutex_);
  for (int error = 0; error == 0 && !is_stopped_;) {
    RunAll(watch);
    if (!is_stopped_) error = pthread_cond_clockwait(&asked_, &mutex_, CLOCK_MONOTONIC, &until);
  }
  return !is_stopped_;
}

// With the mutex, which is given back while an errand runs.
void Errands::RunAll(Watch& watch) {
  while (Errand* errand = TakeFirst()) {
    const Outcome outcome = Run(*errand, watch);
    End(errand, outcome);
  }
}

Errands::Outcome Errands::Run(const Errand& errand, Watch& watch) {
  const ScopedUnlock unlock(mutex_);
  try {
    errand.run(watch, errand.context);
    return Outcome::kDone;
  } catch (const std::bad_alloc&) {
    return Outcome::kNoMemory;
  }
}

Errands::Errand* Errands::TakeFirst() {
  Errand* errand = first_;
  if (errand == nullptr) return nullptr;
  first_ = errand->next;
  if (first_ == nullptr) end_ = &first_;
  return errand;
}

void Errands::End(Errand* errand, Outcome outcome) {
  errand->outcome = outcome;
  errand->is_over = true;
  pthread_cond_broadcast(&over_);
}

void Errands::Close() {
  const ScopedLock lock(mutex_);
  is_open_ = false;
  while (Errand* errand = TakeFirst()) End(errand, Outcome::kNoAgent);
}

void Errands::BeginAnew() {
  mutex_ = PTHREAD_MUTEX_INITIALIZER;
  asked_ = PTHREAD_COND_INITIALIZER;
  over_ = PTHREAD_COND_INITIALIZER;
  first_ = nullptr;
  end_ = &first_;
  is_open_ = is_stopped_ = false;
}

}  // namespace headroom
