// headroom.h in C++20: the same words, threads and promises, and scopes for what must be undone.
#ifndef HEADROOM_HEADROOM_HPP_
#define HEADROOM_HEADROOM_HPP_

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "headroom/headroom.h"

namespace headroom {

using Options = headroom_options;
using Alarm = headroom_alarm;
using Status = headroom_status;
using Site = headroom_site;

// What a function answers. True in a condition when it did what it was asked for.
class [[nodiscard]] Result {
 public:
  constexpr Result(headroom_result value) noexcept : value_(value) {}
  constexpr explicit operator bool() const noexcept { return value_ == HEADROOM_OK; }
  constexpr headroom_result value() const noexcept { return value_; }
  const char* text() const noexcept { return headroom_result_text(value_); }
  friend constexpr bool operator==(Result, Result) = default;

 private:
  headroom_result value_;
};

inline Result MakeResult(int value) noexcept { return static_cast<headroom_result>(value); }

// No option given.
inline Options NoOptions() noexcept { return headroom_no_options(); }
inline Result Start(const Options& options = headroom_no_options()) noexcept { return MakeResult(headroom_start(&options)); }
inline Result Stop() noexcept { return MakeResult(headroom_stop()); }

// listener(alarm) for each alarm, on the callback's thread, until the next OnAlarm or NoAlarm; it must live as long. What it throws is
// dropped: nobody is there to catch it.
template <typename Listener>
  requires std::is_invocable_v<Listener&, const Alarm&>
Result OnAlarm(Listener& listener) noexcept {
  const auto call = [](const headroom_alarm* alarm, void* context) noexcept {
    try {
      (*static_cast<Listener*>(context))(*alarm);
    } catch (...) {
    }
  };
  return MakeResult(headroom_on_alarm(call, &listener));
}
inline Result NoAlarm() noexcept { return MakeResult(headroom_on_alarm(nullptr, nullptr)); }

// The alarm of that id, or every one that fires now.
inline Result AcceptGrowth(const char* id = nullptr) noexcept { return MakeResult(headroom_accept_growth(id)); }

inline Result GetStatus(Status& status) noexcept {
  status.size = sizeof(status);
  return MakeResult(headroom_get_status(&status));
}

// The call stacks that hold most, at most so many of them. Allocates.
inline Result Snapshot(std::vector<Site>& sites, size_t most = 100) {
  Site empty{};
  empty.size = sizeof(empty);
  sites.assign(most, empty);
  size_t count = 0;
  const Result result = MakeResult(headroom_snapshot(sites.data(), sites.size(), &count));
  if (count < sites.size()) sites.resize(count);
  return result;
}

// The name of the function that a frame of a site is in. Allocates.
inline std::string FrameName(std::uint64_t address) {
  char name[240];
  return {name, headroom_name_frame(address, name, sizeof(name))};
}

inline Result WriteProfile(int fd) noexcept { return MakeResult(headroom_write_profile(fd)); }

// Empty where no agent runs. Allocates.
inline std::string Metrics() {
  std::string text(headroom_write_metrics(nullptr, 0) + 4096, '\0');
  const size_t whole = headroom_write_metrics(text.data(), text.size());
  text.resize(whole < text.size() ? whole : text.find('\0'));
  return text;
}

// What the thread allocates within the scope carries the label. Scopes nest; the innermost counts.
class [[nodiscard]] Label {
 public:
  explicit Label(const char* label) noexcept : before_(headroom_set_label(label)) {}
  explicit Label(const std::string& label) noexcept : Label(label.c_str()) {}
  ~Label() { headroom_restore_label(before_); }
  Label(const Label&) = delete;
  Label& operator=(const Label&) = delete;

 private:
  const uint32_t before_;
};

// What the thread allocates within the scope is not sampled: the memory of a pool that reports its blocks itself.
class [[nodiscard]] Muted {
 public:
  Muted() noexcept : before_(headroom_mute_thread(1)) {}
  ~Muted() { headroom_mute_thread(before_); }
  Muted(const Muted&) = delete;
  Muted& operator=(const Muted&) = delete;

 private:
  const int before_;
};

inline void ReportAlloc(const void* block, size_t bytes) noexcept { headroom_report_alloc(block, bytes); }
inline void ReportFree(const void* block) noexcept { headroom_report_free(block); }

}  // namespace headroom

#endif  // HEADROOM_HEADROOM_HPP_
