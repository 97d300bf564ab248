#ifndef HEADROOM_CLI_DRILL_H_
#define HEADROOM_CLI_DRILL_H_

#include <sys/types.h>

#include <optional>
#include <string>

#include "recorder/status.h"

namespace headroom {

// A child of this tool that leaks on purpose under the agent, at a clock many times faster than a daemon's, so that a
// check takes seconds. Files that it needs are in a directory of its own, which goes away with it.
class Drill {
 public:
  // `library`: the agent; `sinks`: as in the ALARM option. All other options are as in the environment.
  Drill(const std::string& library, const std::string& sinks);
  ~Drill();  // ends the child
  Drill(const Drill&) = delete;
  Drill& operator=(const Drill&) = delete;

  // Why there is no child; empty = there is one.
  const std::string& problem() const { return problem_; }

  pid_t pid() const { return pid_; }
  bool is_alive();
  std::optional<Status> ReadStatus() const;  // the agent's newest record
  std::string Errors() const;                // what the child has written to standard error so far

 private:
  void Start(const std::string& library, const std::string& sinks);
  std::string In(const std::string& name) const { return directory_ + "/" + name; }

  std::string directory_;
  std::string problem_;
  pid_t pid_ = -1;
  int input_ = -1;  // the child ends when this end of its standard input is closed
};

}  // namespace headroom

#endif  // HEADROOM_CLI_DRILL_H_
