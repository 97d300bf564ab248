#ifndef HEADROOM_SERVE_HTTP_SERVER_H_
#define HEADROOM_SERVE_HTTP_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "alarm/unique_fd.h"
#include "serve/http.h"

struct MHD_Daemon;

namespace headroom {

// Answers from several threads at once; must not throw.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// An HTTP server on libmicrohttpd, which is kept, small, and bounds connections, memory and idle time by itself; no
// framework brings more here. One request a connection, each on a thread of its own: at most kMaxConnections at once,
// kMaxBodyBytes of body, 32 KiB of head, kRequestSeconds from the first byte to the last.
class HttpServer {
 public:
  static constexpr unsigned kMaxConnections = 64;
  static constexpr size_t kMaxBodyBytes = 1 << 20;
  static constexpr double kIdleSeconds = 10;
  static constexpr double kRequestSeconds = 90;

  // Takes the listening socket and begins to answer. Where that fails, is_running() is false.
  HttpServer(UniqueFd socket, HttpHandler handler);
  ~HttpServer();  // ends every connection
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  bool is_running() const { return daemon_ != nullptr; }

  // Cuts connections that have lasted too long. To be called every second or so.
  void CutSlowConnections();

 private:
  class Connections;
  const UniqueFd socket_;
  HttpHandler handler_;
  std::unique_ptr<Connections> connections_;
  MHD_Daemon* daemon_ = nullptr;
};

}  // namespace headroom

#endif  // HEADROOM_SERVE_HTTP_SERVER_H_
