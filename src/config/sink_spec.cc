#include "config/sink_spec.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace headroom {
namespace {

using Kind = AlarmSinkSpec::Kind;

// What follows the prefix; empty also where there is nothing.
std::string_view After(std::string_view prefix, std::string_view text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view();
}

bool IsVisible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::optional<AlarmSinkSpec> ParseFile(std::string_view path) {
  if (!IsFilePath(path)) return std::nullopt;
  return AlarmSinkSpec{Kind::kFile, {}, std::string(path), {}, 0};
}

std::optional<AlarmSinkSpec> ParseExec(std::string_view line) {
  if (!IsFilePath(line.substr(0, line.find(' ')))) return std::nullopt;
  return AlarmSinkSpec{Kind::kExec, {}, std::string(line), {}, 0};
}

std::optional<std::string> ParseAddress(std::string_view host) {
  if (host == "localhost") return "127.0.0.1";
  const bool in_brackets = host.starts_with('[') && host.ends_with(']');
  const std::string address(in_brackets ? host.substr(1, host.size() - 2) : host);
  char binary[sizeof(in6_addr)];
  if (inet_pton(in_brackets ? AF_INET6 : AF_INET, address.c_str(), binary) != 1) return std::nullopt;
  return address;
}

std::optional<uint16_t> ParsePort(std::string_view text) {
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

// Of "ADDRESS:PORT/PATH".
std::optional<AlarmSinkSpec> ParseUrl(std::string_view rest) {
  const std::string_view place = rest.substr(0, rest.find('/'));
  const std::string_view path = rest.substr(place.size());
  const size_t colon = place.rfind(':');
  if (colon == std::string_view::npos || !IsVisible(path)) return std::nullopt;
  const auto address = ParseAddress(place.substr(0, colon));
  const auto port = ParsePort(place.substr(colon + 1));
  if (!address || !port) return std::nullopt;
  return AlarmSinkSpec{Kind::kHttp, {}, path.empty() ? "/" : std::string(path), *address, *port};
}

std::optional<AlarmSinkSpec> ParseKind(std::string_view text) {
  if (text == "stderr") return AlarmSinkSpec{};
  if (text == "journald") return AlarmSinkSpec{Kind::kJournald, {}, {}, {}, 0};
  if (text == "syslog") return AlarmSinkSpec{Kind::kSyslog, {}, {}, {}, 0};
  if (const auto path = After("file:", text); !path.empty()) return ParseFile(path);
  if (const auto line = After("exec:", text); !line.empty()) return ParseExec(line);
  if (const auto rest = After("http://", text); !rest.empty()) return ParseUrl(rest);
  return std::nullopt;
}

}  // namespace

std::optional<AlarmSinkSpec> ParseSink(std::string_view text) {
  std::optional<AlarmSinkSpec> sink = ParseKind(text);
  if (sink) sink->text = text;
  return sink;
}

bool IsFilePath(std::string_view text) { return text.size() > 1 && text.front() == '/' && text.back() != '/'; }

}  // namespace headroom
