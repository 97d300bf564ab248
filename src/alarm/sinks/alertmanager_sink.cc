#include "alarm/sinks/alertmanager_sink.h"

#include <sys/utsname.h>

#include <cmath>
#include <new>
#include <utility>
#include <vector>

namespace headroom {
namespace {

constexpr std::string_view kApiPath = "/api/v2/alerts";
constexpr double kTellAgainAfterS = 60;

HttpEndpoint ApiOf(HttpEndpoint endpoint) {
  std::string& path = endpoint.path;
  if (path.ends_with(kApiPath)) return endpoint;
  if (path.ends_with("/")) path.pop_back();
  path += kApiPath;
  return endpoint;
}

std::string HostName() {
  utsname host;
  return uname(&host) == 0 ? host.nodename : "";
}

// The alerts as the elements of one array.
std::vector<std::string_view> ArrayOf(const std::vector<std::string>& alerts) {
  std::vector<std::string_view> parts = {"["};
  for (const std::string& alert : alerts) {
    if (parts.size() > 1) parts.push_back(",");
    parts.push_back(alert);
  }
  parts.push_back("]");
  return parts;
}

}  // namespace

AlertmanagerSink::AlertmanagerSink(std::string name, HttpEndpoint endpoint, std::chrono::milliseconds patience)
    : name_(std::move(name)), endpoint_(ApiOf(std::move(endpoint))), patience_(patience), instance_(HostName()) {}

bool AlertmanagerSink::Deliver(const AlarmEvent& event) {
  book_.Take(event, instance_);
  return PostAll(event.time_s);
}

bool AlertmanagerSink::Note(double time_s, Code code, std::string_view text) {
  book_.TakeNote(time_s, code, text, instance_);
  return PostAll(time_s);
}

bool AlertmanagerSink::Retry(double time_s) { return PostAll(time_s); }

bool AlertmanagerSink::HasWork(double time_s) const {
  return waiting() > 0 || (!book_.empty() && std::fabs(time_s - told_s_) >= kTellAgainAfterS);
}

bool AlertmanagerSink::PostAll(double time_s) {
  if (back_off_.IsDue(time_s)) Learn(PostAlerts(), time_s);
  return error_.size() == 0;
}

HttpAnswer AlertmanagerSink::PostAlerts() const try {
  const std::vector<std::string> alerts = book_.Alerts();
  return PostJson(endpoint_, ArrayOf(alerts), patience_);
} catch (const std::bad_alloc&) {
  return {0, "there is no memory for the message"};
}

void AlertmanagerSink::Learn(const HttpAnswer& answer, double time_s) {
  error_.Clear();
  if (answer.status / 100 == 2) {
    book_.Acknowledge();
    back_off_.Worked();
    told_s_ = time_s;
    return;
  }
  back_off_.Failed(time_s);
  error_.Append(answer.error);
  if (answer.status == 0) return;
  error_.Append("it answers with HTTP status ");
  error_.AppendInteger(answer.status);
}

}  // namespace headroom
