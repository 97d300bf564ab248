#ifndef HEADROOM_AGENT_ALARM_CALLBACK_H_
#define HEADROOM_AGENT_ALARM_CALLBACK_H_

#include <pthread.h>

#include <cstddef>
#include <cstdint>

#include "alarm/event.h"
#include "headroom/headroom.h"

namespace headroom {

// The program's own way to be told. Its function runs on a thread apart, which starts with the first alarm: what it does may take for ever, and the
// agent goes on. Constant-initialised, of static storage; what waits is kept here, not in the agent's heap.
class AlarmCallback {
 public:
  // Any thread. Waits until the function before is not running, except on the thread that runs it.
  void Set(headroom_alarm_callback callback, void* context);
  bool IsOwnThread();
  uint64_t dropped();

  // The agent's thread: never waits for the function. False when the alarm is dropped: 16 wait already, or there is no thread for them.
  bool Post(const AlarmEvent& event);

  // Waits for a function that runs, and drops what waits. One thread at a time, the agent's not among them.
  void Stop();

  // In a forked child: nothing waits, no thread is there, the function stays.
  void BeginAnew();

 private:
  static constexpr size_t kSlots = 16;
  struct Slot {
    headroom_alarm alarm;
    char id[32];
    char function[256];
    char label[48];
    char limit[256];
    char text[4096];
    char json[16 * 1024];
  };

  static void Fill(const AlarmEvent& event, Slot* slot);
  static void* ThreadMain(void* self);
  bool StartThread();
  void RunThread();

  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t changed_ = PTHREAD_COND_INITIALIZER;
  // Under the mutex. The slots [first_, first_ + waiting_) wait, round the end; the first may be with the function.
  headroom_alarm_callback callback_ = nullptr;
  void* context_ = nullptr;
  pthread_t thread_ = {};
  bool has_thread_ = false;
  bool is_running_ = false;
  bool is_stopped_ = false;
  size_t first_ = 0;
  size_t waiting_ = 0;
  uint64_t dropped_ = 0;
  Slot slots_[kSlots] = {};
};

extern constinit AlarmCallback alarm_callback;

}  // namespace headroom

#endif  // HEADROOM_AGENT_ALARM_CALLBACK_H_
