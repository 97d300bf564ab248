#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace headroom {
namespace {

constexpr size_t kUsualWidth = 100;
constexpr size_t kLeastWidth = 40;

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool HasColors() {
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && !IsSet("NO_COLOR") && term != nullptr && std::string_view(term) != "dumb";
}

size_t Width() {
  winsize window{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) return window.ws_col;
  const char* columns = std::getenv("COLUMNS");
  const int width = columns != nullptr ? std::atoi(columns) : 0;
  return width > 0 ? static_cast<size_t>(width) : kUsualWidth;
}

double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

TextStyle StandardOutputStyle() { return {std::max(Width(), kLeastWidth), HasColors()}; }

TerminalProgress::TerminalProgress() : is_on_(isatty(STDERR_FILENO) != 0), bar_(Now()) {}

TerminalProgress::~TerminalProgress() { std::cerr << bar_.Wipe() << std::flush; }

void TerminalProgress::Show(const Progress& progress) {
  if (is_on_) std::cerr << bar_.Show(progress, Now()) << std::flush;
}

}  // namespace headroom
