#ifndef HEADROOM_SERVE_HTTP_H_
#define HEADROOM_SERVE_HTTP_H_

#include <map>
#include <string>

namespace headroom {

// One request, whole and within bounds.
struct HttpRequest {
  std::string method;  // GET or POST; HEAD comes as GET
  std::string path;    // as it was sent, unescaped, without the query
  std::map<std::string, std::string> query;
  std::string body;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

}  // namespace headroom

#endif  // HEADROOM_SERVE_HTTP_H_
