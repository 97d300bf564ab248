#ifndef HEADROOM_CLI_TARGET_H_
#define HEADROOM_CLI_TARGET_H_

#include <optional>
#include <string>

namespace headroom {

// The file that execvp(3) would start for `command`, or the first of that name where none may be executed; a path is
// returned as it is. Empty: nothing of that name on PATH.
std::optional<std::string> FindProgram(const std::string& command);

// Why the loader would not bring the agent into this program, as a clause that names the file: linked statically,
// another loader's, or started with privileges that its caller lacks. Scripts are judged by their interpreter. Empty:
// no reason known, also when the file cannot be read.
std::optional<std::string> PreloadObstacle(const std::string& program);

// Why the program would not run with the agent at all, as such a clause: some sanitizers end a program that has another library
// before theirs. Empty: no reason known.
std::optional<std::string> PreloadRefusal(const std::string& program);

}  // namespace headroom

#endif  // HEADROOM_CLI_TARGET_H_
