#include "report/progress_bar.h"

namespace headroom {
namespace {

constexpr size_t kCells = 30;
constexpr double kPatienceSeconds = 0.5;
constexpr double kFrameSeconds = 0.1;
constexpr char kToLineStart[] = "\r";
constexpr char kEraseRest[] = "\x1b[K";

std::string Files(const Progress& progress) {
  const size_t full = kCells * progress.files_done / progress.files;
  return '[' + std::string(full, '#') + std::string(kCells - full, '.') + "] " + std::to_string(progress.files_done) +
         " of " + std::to_string(progress.files) + " files, ";
}

}  // namespace

ProgressBar::ProgressBar(double start_s) : next_s_(start_s + kPatienceSeconds) {}

std::string ProgressBar::Show(const Progress& progress, double now_s) {
  if (now_s < next_s_) return {};
  next_s_ = now_s + kFrameSeconds;
  is_shown_ = true;
  const std::string files = progress.files > 1 ? Files(progress) : "";
  return kToLineStart + files + std::to_string(progress.dumps) + " dumps read" + kEraseRest;
}

std::string ProgressBar::Wipe() const { return is_shown_ ? std::string(kToLineStart) + kEraseRest : ""; }

}  // namespace headroom
