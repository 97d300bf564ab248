#ifndef HEADROOM_SERVE_PROFILES_H_
#define HEADROOM_SERVE_PROFILES_H_

#include <string>
#include <string_view>

#include "host/host_records.h"
#include "serve/http.h"

namespace headroom {

// Go's /debug/pprof/ for the processes of a host, each told by ?pid=; without it, for the only one there is.
// `request.path` begins with kProfilesPath. Code is named as the agent named it: no debug information is read on
// behalf of a record, which anybody may have written.
HttpResponse AnswerProfiles(const HttpRequest& request, const HostView& view);

inline constexpr std::string_view kProfilesPath = "/debug/pprof/";

}  // namespace headroom

#endif  // HEADROOM_SERVE_PROFILES_H_
