#include <unistd.h>

#include <csignal>
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/live_screen.h"
#include "cli/record_overview.h"
#include "cli/record_watch.h"
#include "cli/terminal.h"
#include "view/top_screen.h"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenLooks(500);

int ExitCodeOf(const RecordWatch& watch) { return watch.status().alarms.empty() ? kExitNothingFound : kExitLeakFound; }

int ShowOnce(const RecordWatch& watch) {
  const TextStyle style = StandardOutputStyle();
  std::cout << TextOf(LayOutOnce(watch.status(), watch.viewing(), style.width), style.has_colors);
  return ExitCodeOf(watch);
}

// What is on the terminal and what the person there has chosen.
class Session {
 public:
  Session(RecordWatch& watch, LiveScreen& screen) : watch_(watch), screen_(screen) {}

  void Run() {
    while (!state_.quits && LiveScreen::EndSignal() == 0) {
      Draw();
      const std::optional<KeyPress> press = screen_.WaitForKey(kBetweenLooks);
      if (press) Take(*press);
      if (!state_.is_paused && (Clock::now() >= next_look_ || is_changed_)) LookAgain();
    }
  }

 private:
  void Draw() {
    const TopScreen top = LayOut(watch_.status(), watch_.viewing(), state_, screen_.width(), screen_.height());
    shown_ = top.shown;
    screen_.Show(top.lines);
  }

  void Take(const KeyPress& press) {
    const ViewState before = state_;
    state_ = After(before, press, shown_);
    is_changed_ = state_.shows_stack != before.shows_stack || state_.is_paused != before.is_paused;
    watch_.OpenSite(state_.shows_stack ? state_.selected : 0);
  }

  void LookAgain() {
    watch_.Look();
    next_look_ = Clock::now() + kBetweenLooks;
    is_changed_ = false;
  }

  RecordWatch& watch_;
  LiveScreen& screen_;
  ViewState state_;
  Shown shown_;
  bool is_changed_ = false;  // so that the record is to be read again at once
  Clock::time_point next_look_ = Clock::now() + kBetweenLooks;
};

int ShowLive(RecordWatch& watch) {
  {
    LiveScreen screen;
    if (!screen.works()) {
      PrintMessage("this terminal is not known (TERM is wrong or not set); headroom top --once shows one frame");
      return kExitWrongUsage;
    }
    Session(watch, screen).Run();
  }
  if (const int signal = LiveScreen::EndSignal()) raise(signal);
  return ExitCodeOf(watch);
}

int Top(const std::string& target, bool once) {
  if (target.empty()) return ShowRecordOverview();
  RecordWatch watch(target);
  watch.Look();
  if (!watch.has_status()) {
    PrintMessage(watch.problem());
    return kExitUnreadable;
  }
  const bool is_at_terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  return once || !is_at_terminal ? ShowOnce(watch) : ShowLive(watch);
}

}  // namespace

void AddTopCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "top", "Watch what a process holds and what grows in it, live; without a target, list the records of this host.");
  auto target = std::make_shared<std::string>();
  auto once = std::make_shared<bool>(false);
  command->add_option("target", *target, "process id, or file of a flight recorder")->type_name("PID|FILE");
  command->add_flag("--once", *once, "print one frame as text; so it does where it has no terminal");
  command->callback(
      [target, once, &invocation] { invocation.action = [target, once] { return Top(*target, *once); }; });
}

}  // namespace headroom
