#ifndef HEADROOM_CLI_LIVE_SCREEN_H_
#define HEADROOM_CLI_LIVE_SCREEN_H_

#include <chrono>
#include <cstddef>
#include <optional>

#include "view/screen.h"
#include "view/view_state.h"

namespace headroom {

// The terminal, taken over by curses for as long as this lives; at its end it is as before. One at a time.
class LiveScreen {
 public:
  LiveScreen();
  ~LiveScreen();
  LiveScreen(const LiveScreen&) = delete;
  LiveScreen& operator=(const LiveScreen&) = delete;

  // False where curses does not know the terminal; then do nothing else with it.
  bool works() const { return screen_ != nullptr; }

  size_t width() const;
  size_t height() const;
  void Show(const Screen& screen);

  // The next key within this time; a new size of the terminal and a signal end the wait too.
  std::optional<KeyPress> WaitForKey(std::chrono::milliseconds longest);

  // The signal that asked the tool to end, or 0. Whoever sees one ends this and raises it again.
  static int EndSignal();

 private:
  void* screen_;  // curses' own; its header's many names stay out of here
};

}  // namespace headroom

#endif  // HEADROOM_CLI_LIVE_SCREEN_H_
