#include "serve/http_server.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <sys/socket.h>

#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "formats/gzip.h"

namespace headroom {

using Clock = std::chrono::steady_clock;

// Sockets of the connections that are open, and since when.
class HttpServer::Connections {
 public:
  void Add(int fd) {
    const std::lock_guard lock(mutex_);
    begun_[fd] = Clock::now();
  }
  void Remove(int fd) {
    const std::lock_guard lock(mutex_);
    begun_.erase(fd);
  }
  // A socket is closed only after Remove, so it is still the same connection's here.
  void CutOlderThan(double seconds) {
    const std::lock_guard lock(mutex_);
    for (const auto& [fd, begun] : begun_) {
      if (std::chrono::duration<double>(Clock::now() - begun).count() > seconds) shutdown(fd, SHUT_RDWR);
    }
  }

 private:
  std::mutex mutex_;
  std::map<int, Clock::time_point> begun_;
};

namespace {

constexpr size_t kHeadBytes = 32 * 1024;
constexpr size_t kThreadStackBytes = 1 << 20;
constexpr size_t kWorthPackingBytes = 1024;

MHD_Result AddToQuery(void* query, MHD_ValueKind, const char* key, const char* value) {
  static_cast<std::map<std::string, std::string>*>(query)->emplace(key, value == nullptr ? "" : value);
  return MHD_YES;
}

bool TakesGzip(MHD_Connection* connection) {
  const char* accepted = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
  return accepted != nullptr && std::string_view(accepted).find("gzip") != std::string_view::npos;
}

MHD_Result Send(MHD_Connection* connection, HttpResponse answer) {
  const bool is_packed =
      answer.body.size() >= kWorthPackingBytes && answer.content_type.starts_with("text/") && TakesGzip(connection);
  if (is_packed) answer.body = Gzip(answer.body);
  MHD_Response* response =
      MHD_create_response_from_buffer(answer.body.size(), answer.body.data(), MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  const auto add = [response](const char* name, const char* value) { MHD_add_response_header(response, name, value); };
  add(MHD_HTTP_HEADER_CONTENT_TYPE, answer.content_type.c_str());
  if (is_packed) add(MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
  add(MHD_HTTP_HEADER_CONNECTION, "close");
  add(MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  add("X-Content-Type-Options", "nosniff");
  add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  const MHD_Result result = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
  MHD_destroy_response(response);
  return result;
}

HttpResponse Answer(const HttpHandler& handler, const HttpRequest& request) {
  try {
    return handler(request);
  } catch (const std::exception& error) {
    return {500, "text/plain; charset=utf-8", "internal error: " + std::string(error.what()) + "\n"};
  }
}

// libmicrohttpd calls this first for the head, then for each piece of the body, and once more at its end.
MHD_Result OnRequest(void* handler, MHD_Connection* connection, const char* url, const char* method, const char*,
                     const char* upload, size_t* upload_bytes, void** state) {
  auto* request = static_cast<HttpRequest*>(*state);
  if (request == nullptr) {
    *state = new HttpRequest{method, url, {}, {}};
    return MHD_YES;
  }
  if (*upload_bytes > 0) {
    const size_t room = HttpServer::kMaxBodyBytes + 1 - request->body.size();
    request->body.append(upload, std::min(*upload_bytes, room));
    *upload_bytes = 0;
    return MHD_YES;
  }
  if (request->body.size() > HttpServer::kMaxBodyBytes)
    return Send(connection, {413, "text/plain", "body too large\n"});
  if (request->method == "HEAD") request->method = "GET";
  if (request->method != "GET" && request->method != "POST") {
    return Send(connection, {405, "text/plain", "only GET, HEAD and POST\n"});
  }
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, AddToQuery, &request->query);
  return Send(connection, Answer(*static_cast<const HttpHandler*>(handler), *request));
}

void OnEnd(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
  delete static_cast<HttpRequest*>(*state);
  *state = nullptr;
}

template <typename Connections>
void OnConnection(void* connections, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode code) {
  const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info == nullptr) return;
  auto* open = static_cast<Connections*>(connections);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    open->Add(info->connect_fd);
  } else {
    open->Remove(info->connect_fd);
  }
}

}  // namespace

HttpServer::HttpServer(UniqueFd socket, HttpHandler handler)
    : socket_(std::move(socket)), handler_(std::move(handler)), connections_(std::make_unique<Connections>()) {
  // It closes the socket that it gets when it ends, and not when it does not begin.
  daemon_ = MHD_start_daemon(
      MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC, 0, nullptr, nullptr,
      OnRequest, &handler_, MHD_OPTION_LISTEN_SOCKET, fcntl(socket_.get(), F_DUPFD_CLOEXEC, 0),
      MHD_OPTION_CONNECTION_LIMIT, kMaxConnections, MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(kIdleSeconds),
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, kHeadBytes, MHD_OPTION_THREAD_STACK_SIZE, kThreadStackBytes,
      MHD_OPTION_NOTIFY_COMPLETED, OnEnd, nullptr, MHD_OPTION_NOTIFY_CONNECTION, OnConnection<Connections>,
      connections_.get(), MHD_OPTION_END);
}

HttpServer::~HttpServer() {
  if (daemon_ != nullptr) MHD_stop_daemon(daemon_);
}

void HttpServer::CutSlowConnections() { connections_->CutOlderThan(kRequestSeconds); }

}  // namespace headroom
