#include "reporting_agent.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmath>
#include <numbers>

namespace {

constexpr size_t kHistogramBuckets = 10240;  // 40 KiB

int Connect(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection >= 0 && connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) return connection;
  if (connection >= 0) close(connection);
  return -1;
}

bool Send(int connection, const std::string& body) {
  size_t sent = 0;
  while (sent < body.size()) {
    const ssize_t written = send(connection, body.data() + sent, body.size() - sent, MSG_NOSIGNAL);
    if (written <= 0) return false;
    sent += static_cast<size_t>(written);
  }
  return true;
}

[[gnu::noinline]] std::vector<char> LoadCredentials() { return std::vector<char>(6144, 'k'); }

[[gnu::noinline]] std::string MakeRequestHeader(uint64_t report, uint16_t port) {
  std::string header = "POST /reports/" + std::to_string(report) + " HTTP/1.1\r\nHost: collector.storage:" +
                       std::to_string(port) + "\r\n";
  header.append(1400, 'h');
  return header;
}

}  // namespace

void StatisticsCache::Touch(uint64_t volume, size_t most_volumes) {
  const auto known = by_volume_.find(volume);
  if (known != by_volume_.end()) {
    recent_first_.splice(recent_first_.begin(), recent_first_, known->second);
  } else {
    recent_first_.push_front({volume, std::vector<uint32_t>(kHistogramBuckets, 1)});
    by_volume_[volume] = recent_first_.begin();
  }
  while (recent_first_.size() > most_volumes) {
    by_volume_.erase(recent_first_.back().volume);
    recent_first_.pop_back();
  }
}

std::string StatisticsCache::Serialize(size_t volumes) const {
  std::string text;
  for (const VolumeStatistics& statistics : recent_first_) {
    if (volumes-- == 0) break;
    text.append(reinterpret_cast<const char*>(statistics.latency_histogram.data()), 1024);
  }
  return text;
}

bool ReportSession::Deliver(uint64_t report, const std::string& body) {
  const uint16_t port = resolver_.Resolve();
  const int connection = Connect(port);
  const bool is_delivered = connection >= 0 && Send(connection, body);
  if (connection >= 0) close(connection);
  if (is_delivered) {
    ForgetDelivered(report);
  } else {
    RememberFailedDelivery(report, port);
  }
  return is_delivered;
}

// The defect: the next report has another number, so nobody ever asks for this one again.
[[gnu::noinline]] void ReportSession::RememberFailedDelivery(uint64_t report, uint16_t port) {
  auto context = std::make_unique<RetryContext>();
  context->request_header = MakeRequestHeader(report, port);
  context->credentials = LoadCredentials();
  context->addresses_tried.assign(64, port);
  pending_[report] = std::move(context);
}

// By day the server is busy, and the cache is allowed what the load asks for: 200 to 1,000 volumes of 40 KiB.
void ReportingAgent::Step(double day) {
  const double load = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * day);
  const size_t most_volumes = 200 + static_cast<size_t>(800 * load);
  for (int i = 0; i < 5; ++i) cache_.Touch(random_() % 20000, most_volumes);
  const std::string body = cache_.Serialize(64 + static_cast<size_t>(192 * load));
  (session_.Deliver(++reports_, body) ? delivered_ : failed_) += 1;
}
