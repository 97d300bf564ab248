#include "agent/alarm_callback.h"

#include <signal.h>
#include <sys/prctl.h>

#include <cstring>

#include "agent/public_values.h"
#include "agent/scoped_lock.h"
#include "alarm/blame.h"
#include "alarm/event_json.h"
#include "alarm/event_text.h"

namespace headroom {

constinit AlarmCallback alarm_callback;

namespace {

// Writes text with its final NUL into an array of the slot.
template <size_t kBytes, typename Write>
const char* Keep(char (&memory)[kBytes], Write write) {
  TextBuffer text(memory, kBytes - 1);
  write(text);
  if (text.overflowed() && kBytes > kMaxEventTextBytes) text.Clear();  // half a JSON object is none
  memory[text.size()] = '\0';
  return memory;
}

}  // namespace

void AlarmCallback::Set(headroom_alarm_callback callback, void* context) {
  const ScopedLock lock(mutex_);
  callback_ = callback;
  context_ = context;
  while (is_running_ && !pthread_equal(thread_, pthread_self())) pthread_cond_wait(&changed_, &mutex_);
}

bool AlarmCallback::IsOwnThread() {
  const ScopedLock lock(mutex_);
  return has_thread_ && pthread_equal(thread_, pthread_self());
}

uint64_t AlarmCallback::dropped() {
  const ScopedLock lock(mutex_);
  return dropped_;
}

bool AlarmCallback::Post(const AlarmEvent& event) {
  const ScopedLock lock(mutex_);
  if (callback_ == nullptr) return true;
  if (waiting_ == kSlots || (!has_thread_ && !StartThread())) {
    ++dropped_;
    return false;
  }
  Fill(event, &slots_[(first_ + waiting_++) % kSlots]);
  pthread_cond_broadcast(&changed_);
  return true;
}

void AlarmCallback::Fill(const AlarmEvent& event, Slot* slot) {
  headroom_alarm& alarm = slot->alarm;
  const Exhaustion& end = event.verdict.exhaustion;
  alarm.size = sizeof(alarm);
  alarm.state = static_cast<int>(event.state);
  alarm.severity = static_cast<int>(event.verdict.severity);
  alarm.verdict = static_cast<int>(event.verdict.verdict);
  alarm.has_end = end.eta_s ? 1 : 0;
  alarm.id = Keep(slot->id, [&](TextBuffer& out) { out.Append(event.id); });
  alarm.function = Keep(slot->function, [&](TextBuffer& out) {
    if (!event.frames.empty()) AppendFrameName(event.frames[BlamedFrame(event.frames)], sizeof(slot->function) - 1, out);
  });
  alarm.label = Keep(slot->label, [&](TextBuffer& out) { out.Append(event.label); });
  alarm.limit = Keep(slot->limit, [&](TextBuffer& out) { out.Append(end.limit); });
  alarm.text = Keep(slot->text, [&](TextBuffer& out) { WriteEventText(event, out); });
  alarm.json = Keep(slot->json, [&](TextBuffer& out) {
    JsonWriter json(out);
    WriteEvent(event, json);
  });
  alarm.time_s = event.time_s;
  alarm.onset_s = event.verdict.onset_time_s;
  alarm.growth_bytes_per_s = PublicInterval(event.verdict.growth_bytes_per_s);
  alarm.eta_s = end.eta_s ? PublicInterval(*end.eta_s) : headroom_interval{};
  alarm.live_bytes = static_cast<uint64_t>(event.verdict.live_bytes);
  alarm.limit_bytes = end.limit_bytes;
  alarm.available_bytes = end.available_bytes;
}

// With the lock. Signals are the program's own threads' business.
bool AlarmCallback::StartThread() {
  pthread_attr_t attributes;
  sigset_t all_signals;
  sigfillset(&all_signals);
  if (pthread_attr_init(&attributes) != 0) return false;
  has_thread_ = pthread_attr_setsigmask_np(&attributes, &all_signals) == 0 &&
                pthread_create(&thread_, &attributes, ThreadMain, this) == 0;
  pthread_attr_destroy(&attributes);
  return has_thread_;
}

void* AlarmCallback::ThreadMain(void* self) {
  prctl(PR_SET_NAME, "headroom-alarm");
  static_cast<AlarmCallback*>(self)->RunThread();
  return nullptr;
}

void AlarmCallback::RunThread() {
  const ScopedLock lock(mutex_);
  while (!is_stopped_) {
    if (waiting_ == 0) {
      pthread_cond_wait(&changed_, &mutex_);
      continue;
    }
    const headroom_alarm_callback callback = callback_;
    void* const context = context_;
    is_running_ = true;
    if (callback != nullptr) {
      const ScopedUnlock unlock(mutex_);
      callback(&slots_[first_].alarm, context);
    }
    is_running_ = false;
    first_ = (first_ + 1) % kSlots;
    --waiting_;
    pthread_cond_broadcast(&changed_);
  }
}

void AlarmCallback::Stop() {
  {
    const ScopedLock lock(mutex_);
    if (!has_thread_) return;
    is_stopped_ = true;
    pthread_cond_broadcast(&changed_);
  }
  pthread_join(thread_, nullptr);
  const ScopedLock lock(mutex_);
  has_thread_ = is_stopped_ = false;
  first_ = waiting_ = 0;
}

void AlarmCallback::BeginAnew() {
  mutex_ = PTHREAD_MUTEX_INITIALIZER;
  changed_ = PTHREAD_COND_INITIALIZER;
  has_thread_ = is_running_ = is_stopped_ = false;
  first_ = waiting_ = 0;
}

}  // namespace headroom
