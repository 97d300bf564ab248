#ifndef HEADROOM_ALARM_SINKS_COMMAND_H_
#define HEADROOM_ALARM_SINKS_COMMAND_H_

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "alarm/sinks/command_keeper.h"
#include "alarm/text_buffer.h"

namespace headroom {

// A command that is run again and again, one run at a time, unseen by the program it is run from (command_keeper.h).
// It gets PATH as its whole environment and /dev/null for its output. Used by one thread, which is not waited for.
class Command {
 public:
  // `line`: an absolute path and arguments, separated by spaces; no shell reads it.
  Command(std::string_view line, std::chrono::milliseconds deadline);
  ~Command();  // ends the keeper of a run, not the run
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  // Starts a run whose standard input holds `input`. False: error() says why. Not while one is under way.
  bool Start(std::string_view input);

  // Whether there is a run under way or to be learned of through HasEnded().
  bool is_running() const { return keeper_ > 0; }

  // Whether the run has just ended; then error() is empty where it ended well, with status 0 and in time.
  bool HasEnded();

  // Whether it could be started, by the looks of its file.
  bool IsThere();

  std::string_view error() const { return error_.view(); }

 private:
  void Judge();
  bool Fail(std::string_view what, std::string_view reason);

  std::vector<std::string> words_;
  std::vector<char*> pointers_;  // to words_
  const std::unique_ptr<char[]> stack_;
  KeeperTask task_;
  const long deadline_ms_;
  pid_t keeper_ = -1;
  FixedText<160> error_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_COMMAND_H_
