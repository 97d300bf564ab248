#include "cli/live_screen.h"

#include <curses.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace headroom {
namespace {

constexpr short kAlarmPair = 1;
constexpr short kWarningPair = 2;
constexpr int kEscapeDelayMs = 25;
constexpr int kEscapeCode = 27;

// Written by the handler alone, read between two waits.
volatile std::sig_atomic_t end_signal = 0;

void NoteEnd(int signal) { end_signal = signal; }

void CatchEnds() {
  struct sigaction action {};
  action.sa_handler = NoteEnd;  // without SA_RESTART: the wait for a key ends
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

void LetEnd() {
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
}

// Names and limits may hold any language; without a locale for them curses would show their bytes.
void UseUnicode() {
  if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
}

void UseColors() {
  const char* no_color = std::getenv("NO_COLOR");
  if ((no_color != nullptr && *no_color != '\0') || !has_colors()) return;
  start_color();
  use_default_colors();
  init_pair(kAlarmPair, COLOR_RED, -1);
  init_pair(kWarningPair, COLOR_YELLOW, -1);
}

attr_t AttributesOf(Look look) {
  switch (look) {
    case Look::kPlain:
      return A_NORMAL;
    case Look::kDim:
      return A_DIM;
    case Look::kBold:
      return A_BOLD;
    case Look::kWarning:
      return COLOR_PAIR(kWarningPair) | A_BOLD;
    case Look::kAlarm:
      return COLOR_PAIR(kAlarmPair) | A_BOLD;
    case Look::kBar:
      return A_REVERSE;
    case Look::kSelected:
      return A_REVERSE | A_BOLD;
  }
  return A_NORMAL;
}

KeyPress PressOf(int code) {
  switch (code) {
    case KEY_UP:
      return {Key::kUp};
    case KEY_DOWN:
      return {Key::kDown};
    case KEY_PPAGE:
      return {Key::kPageUp};
    case KEY_NPAGE:
      return {Key::kPageDown};
    case KEY_HOME:
      return {Key::kHome};
    case KEY_END:
      return {Key::kEnd};
    case KEY_ENTER:
    case '\n':
    case '\r':
      return {Key::kEnter};
    case kEscapeCode:
      return {Key::kEscape};
    case KEY_BACKSPACE:
    case '\b':
    case 127:
      return {Key::kBackspace};
    default:
      return code >= ' ' && code < 127 ? KeyPress{Key::kCharacter, static_cast<char>(code)} : KeyPress{};
  }
}

}  // namespace

LiveScreen::LiveScreen() {
  UseUnicode();
  screen_ = newterm(nullptr, stdout, stdin);
  if (!works()) return;
  CatchEnds();
  cbreak();
  noecho();
  keypad(stdscr, TRUE);
  set_escdelay(kEscapeDelayMs);
  curs_set(0);
  UseColors();
}

LiveScreen::~LiveScreen() {
  if (!works()) return;
  endwin();
  delscreen(static_cast<SCREEN*>(screen_));
  LetEnd();
}

size_t LiveScreen::width() const { return static_cast<size_t>(getmaxx(stdscr)); }

size_t LiveScreen::height() const { return static_cast<size_t>(getmaxy(stdscr)); }

void LiveScreen::Show(const Screen& screen) {
  erase();
  for (size_t y = 0; y < screen.size(); ++y) {
    move(static_cast<int>(y), 0);
    for (const Span& span : screen[y].spans()) {
      attrset(AttributesOf(span.look));
      addstr(span.text.c_str());
    }
  }
  refresh();
}

std::optional<KeyPress> LiveScreen::WaitForKey(std::chrono::milliseconds longest) {
  timeout(static_cast<int>(longest.count()));
  const int code = getch();
  if (code == ERR || code == KEY_RESIZE) return std::nullopt;
  return PressOf(code);
}

int LiveScreen::EndSignal() { return end_signal; }

}  // namespace headroom
