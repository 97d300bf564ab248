#ifndef HEADROOM_ALARM_SINKS_HTTP_POST_H_
#define HEADROOM_ALARM_SINKS_HTTP_POST_H_

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace headroom {

struct HttpEndpoint {
  std::string address;  // IPv4 or IPv6, numeric, without brackets
  uint16_t port = 0;
  std::string path;  // begins with a slash
};

struct HttpAnswer {
  int status = 0;          // 0: there was none
  std::string_view error;  // then why, of static storage
};

// Posts the parts of `json` as one body and waits for the first line of the answer, for `patience` in all and not
// longer, whatever the other side does. One connection for one exchange: nothing stays open that the daemon may close
// or take for its own. No name is looked up: the C library's resolver allocates in the daemon's heap, loads plug-ins
// and waits for half a minute - and a name that no longer resolves may be what the daemon is ailing from.
HttpAnswer PostJson(const HttpEndpoint& endpoint, std::span<const std::string_view> json,
                    std::chrono::milliseconds patience);

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_HTTP_POST_H_
