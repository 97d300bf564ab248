#ifndef HEADROOM_REPORT_PROGRESS_BAR_H_
#define HEADROOM_REPORT_PROGRESS_BAR_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace headroom {

// How far a series has been read.
struct Progress {
  size_t files_done = 0;
  size_t files = 0;
  uint64_t dumps = 0;
};

// A bar for those who wait at a terminal: what to write there, at times in seconds of any steady clock. Nothing before
// the reading has taken half a second, then ten times a second at most.
class ProgressBar {
 public:
  explicit ProgressBar(double start_s);

  std::string Show(const Progress& progress, double now_s);  // empty where nothing is due
  std::string Wipe() const;                                  // at the end; empty where nothing was shown

 private:
  double next_s_;
  bool is_shown_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_REPORT_PROGRESS_BAR_H_
