#ifndef HEADROOM_CLI_TERMINAL_H_
#define HEADROOM_CLI_TERMINAL_H_

#include "report/progress_bar.h"
#include "report/text_style.h"

namespace headroom {

// How standard output likes its text: colors on a terminal, unless NO_COLOR is set or TERM is dumb; the width of the
// terminal, else COLUMNS, else 100.
TextStyle StandardOutputStyle();

// A bar on standard error while a long input is read; silent unless that is a terminal and the reading takes a while.
class TerminalProgress {
 public:
  TerminalProgress();
  ~TerminalProgress();  // wipes it away
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;

  void Show(const Progress& progress);

 private:
  const bool is_on_;
  ProgressBar bar_;
};

}  // namespace headroom

#endif  // HEADROOM_CLI_TERMINAL_H_
