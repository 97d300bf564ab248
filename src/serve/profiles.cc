#include "serve/profiles.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "formats/pprof/module_layout.h"
#include "formats/pprof_writer.h"
#include "serve/html.h"
#include "serve/recorded_heap.h"

namespace headroom {
namespace {

constexpr std::string_view kHasSymbols = "num_symbols: 1\n";
constexpr std::string_view kNeedsPid = "which process? add ?pid=PID; /debug/pprof/ lists them\n";

HttpResponse Plain(int status, std::string_view text) {
  return {status, "text/plain; charset=utf-8", std::string(text)};
}

std::string Value(const HttpRequest& request, const std::string& key) {
  const auto found = request.query.find(key);
  return found == request.query.end() ? std::string() : found->second;
}

HttpResponse Heap(const HostProcess& process, const HttpRequest& request) {
  if (request.query.contains("seconds")) {
    return Plain(400, "no ?seconds=: take two profiles and compare them with go tool pprof -base FIRST SECOND\n");
  }
  return {200, "application/octet-stream", WritePprof(HeapOf(process))};
}

// Addresses are those of the profile: both come from the same layout.
std::map<uint64_t, std::string> NamesByAddress(const Dump& dump) {
  const pprof::ModuleLayout layout(dump.frames);
  std::map<uint64_t, std::string> names;
  for (const Frame& frame : dump.frames) {
    if (!frame.function.empty()) names.emplace(layout.SpotOf(frame).address, frame.function);
  }
  return names;
}

std::optional<uint64_t> Address(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  uint64_t address = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), address, 16);
  return read.ec == std::errc() ? std::optional(address) : std::nullopt;
}

// As net/http/pprof: the addresses come as "0xA+0xB", a line goes back for each that has a name. go tool pprof asks
// without the pid, about frames that the agent could not name either: it is told of none.
HttpResponse Symbol(const HostProcess& process, const HttpRequest& request) {
  if (request.method == "GET") return Plain(200, kHasSymbols);
  const std::map<uint64_t, std::string> names = NamesByAddress(HeapOf(process));
  std::string lines(kHasSymbols);
  for (std::string_view rest = request.body; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find('+'));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    const std::optional<uint64_t> address = Address(word);
    const auto name = address ? names.find(*address) : names.end();
    if (name != names.end()) lines += std::string(word) + "\t" + name->second + "\n";
  }
  return Plain(200, lines);
}

HttpResponse Index(const HostView& view) {
  Html page;
  page.Raw(
      "<!doctype html><html lang=en><meta charset=utf-8><title>profiles</title><style>:root{color-scheme:light dark}"
      "body{font:15px system-ui,sans-serif;margin:24px}td{padding:2px 14px 2px 0}</style><h1>Profiles</h1>"
      "<p>For <code>go tool pprof</code>, Parca, Pyroscope and their like.</p><table>");
  for (const HostProcess& process : view.processes) {
    const std::string pid = std::to_string(process.status().pid);
    page.Raw("<tr><td>").Text(process.status().program).Raw("<td>").Text(pid);
    for (const std::string_view kind : {"heap", "allocs", "cmdline"}) {
      page.Raw("<td><a href='").Raw(kind).Raw("?pid=").Text(pid).Raw("'>").Raw(kind).Raw("</a>");
    }
  }
  return {200, "text/html; charset=utf-8", page.Raw("</table></html>\n").Take()};
}

const HostProcess* FindProcess(const HttpRequest& request, const HostView& view) {
  const std::string pid = Value(request, "pid");
  if (pid.empty()) return view.processes.size() == 1 ? &view.processes.front() : nullptr;
  const auto found = std::ranges::find_if(
      view.processes, [&](const HostProcess& process) { return std::to_string(process.status().pid) == pid; });
  return found == view.processes.end() ? nullptr : &*found;
}

}  // namespace

HttpResponse AnswerProfiles(const HttpRequest& request, const HostView& view) {
  const std::string_view kind = std::string_view(request.path).substr(kProfilesPath.size());
  if (kind.empty()) return Index(view);
  if (kind != "heap" && kind != "allocs" && kind != "symbol" && kind != "cmdline") {
    return Plain(404, "there is heap, allocs, symbol and cmdline\n");
  }
  const HostProcess* process = FindProcess(request, view);
  if (process == nullptr && kind == "symbol") return Plain(200, kHasSymbols);
  if (process == nullptr) {
    return request.query.contains("pid") ? Plain(404, "no such process has a record here\n") : Plain(400, kNeedsPid);
  }
  if (kind == "symbol") return Symbol(*process, request);
  if (kind == "cmdline") return Plain(200, process->status().program);
  return Heap(*process, request);
}

}  // namespace headroom
