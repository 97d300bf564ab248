#ifndef HEADROOM_CLI_RECORD_TARGET_H_
#define HEADROOM_CLI_RECORD_TARGET_H_

#include <string>

namespace headroom {

// The record that a command's argument means: a file by its path, or that of a process by its number.
struct RecordTarget {
  std::string path;              // empty: none
  std::string problem;           // why there is none, in one line
  bool process_is_gone = false;  // named by its number, and known to have ended
};

// Looks where the agent of a process may have put its record. A file there that belongs neither to a user that the
// process runs as nor to root is somebody else's and does not count.
RecordTarget FindRecordTarget(const std::string& argument);

}  // namespace headroom

#endif  // HEADROOM_CLI_RECORD_TARGET_H_
