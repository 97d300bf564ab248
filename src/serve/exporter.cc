#include "serve/exporter.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "serve/host_metrics.h"
#include "serve/profiles.h"
#include "serve/status_page.h"

namespace headroom {
namespace {

constexpr double kViewSeconds = 1;
constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";
constexpr std::string_view kHtmlType = "text/html; charset=utf-8";

double UnixSeconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

HttpResponse Fail(int status, std::string_view message) {
  return {status, "text/plain; charset=utf-8", std::string(message) + "\n"};
}

}  // namespace

std::shared_ptr<const HostView> Exporter::View() {
  const std::lock_guard lock(mutex_);
  const double now_s = UnixSeconds();
  const double age_s = view_ == nullptr ? kViewSeconds : now_s - view_->time_s;
  if (age_s < 0 || age_s >= kViewSeconds) view_ = std::make_shared<const HostView>(records_.Look(now_s));
  return view_;
}

HttpResponse Exporter::Answer(const HttpRequest& request) {
  if (request.path == "/-/healthy") return {200, "text/plain; charset=utf-8", "headroom is healthy\n"};
  if (request.path == "/metrics") return {200, std::string(kMetricsType), HostMetrics(*View())};
  if (request.path == "/") return {200, std::string(kHtmlType), StatusPage(*View())};
  if (request.path.starts_with(kProfilesPath)) return AnswerProfiles(request, *View());
  return Fail(404, "there is /, /metrics, /debug/pprof/ and /-/healthy");
}

}  // namespace headroom
