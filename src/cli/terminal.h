#ifndef HEADROOM_CLI_TERMINAL_H_
#define HEADROOM_CLI_TERMINAL_H_

#include "analysis/analyzer.h"
#include "report/text_style.h"

namespace headroom {

// How standard output likes its text: colors on a terminal, unless NO_COLOR is set or TERM is dumb; the width of the
// terminal, else COLUMNS, else 100.
TextStyle StandardOutputStyle();

// A bar on standard error while a long input is read; silent unless that is a terminal and the reading takes a while.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();  // wipes it away
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Show(const Progress& progress);

 private:
  bool is_on_;
  bool is_drawn_ = false;
  double next_s_;
};

}  // namespace headroom

#endif  // HEADROOM_CLI_TERMINAL_H_
