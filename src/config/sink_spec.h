#ifndef HEADROOM_CONFIG_SINK_SPEC_H_
#define HEADROOM_CONFIG_SINK_SPEC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// One place where alarms go.
struct AlarmSinkSpec {
  enum class Kind { kStderr, kFile, kJournald, kSyslog, kExec, kHttp };
  Kind kind = Kind::kStderr;
  std::string text;     // as it was written
  std::string path;     // of kFile: absolute; of kHttp: of the URL, begins with a slash; of kExec: the command line
  std::string address;  // of kHttp: IPv4 or IPv6, numeric
  uint16_t port = 0;    // of kHttp
};

inline constexpr std::string_view kSinksTaken =
    "a comma list of stderr, journald, syslog, file:PATH with an absolute path, exec:COMMAND with an absolute path and "
    "arguments between spaces, http://ADDRESS:PORT/ with a numeric address or localhost (an Alertmanager)";

// One element of the list. Empty: not such a text.
std::optional<AlarmSinkSpec> ParseSink(std::string_view text);

// "/a", but neither "/" nor "/a/".
bool IsFilePath(std::string_view text);

}  // namespace headroom

#endif  // HEADROOM_CONFIG_SINK_SPEC_H_
