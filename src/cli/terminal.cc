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
constexpr size_t kBarCells = 30;
constexpr double kPatienceSeconds = 0.5;
constexpr double kFrameSeconds = 0.1;

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

ProgressBar::ProgressBar() : is_on_(isatty(STDERR_FILENO) != 0), next_s_(Now() + kPatienceSeconds) {}

ProgressBar::~ProgressBar() {
  if (is_drawn_) std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressBar::Show(const Progress& progress) {
  if (!is_on_ || Now() < next_s_) return;
  next_s_ = Now() + kFrameSeconds;
  is_drawn_ = true;
  std::cerr << '\r';
  if (progress.files > 1) {
    const size_t full = kBarCells * progress.files_done / progress.files;
    std::cerr << '[' << std::string(full, '#') << std::string(kBarCells - full, '.') << "] " << progress.files_done
              << " of " << progress.files << " files, ";
  }
  std::cerr << progress.dumps << " dumps read\x1b[K" << std::flush;
}

}  // namespace headroom
