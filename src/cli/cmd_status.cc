#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/status_parser.h"
#include "cli/status_text.h"
#include "recorder/place.h"
#include "recorder/reader.h"

namespace headroom {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool IsPid(const std::string& target) {
  return target.size() < 10 && target.find_first_not_of(kDigits) == std::string::npos;
}

double Now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

// Where the agent of a process may have put its record. The last is that of another user's process, for the superuser.
std::vector<std::string> PlacesOf(int64_t pid) {
  std::vector<std::string> places = {RecordIn(kRecorderDirectory, pid)};
  const char* xdg_runtime_dir = std::getenv("XDG_RUNTIME_DIR");
  if (xdg_runtime_dir != nullptr) places.push_back(RecordInRuntimeDirectory(xdg_runtime_dir, pid));
  struct stat process;
  if (stat(("/proc/" + std::to_string(pid)).c_str(), &process) == 0) {
    places.push_back(RecordInRuntimeDirectory("/run/user/" + std::to_string(process.st_uid), pid));
  }
  return places;
}

bool Exists(const std::string& path) {
  struct stat file;
  return lstat(path.c_str(), &file) == 0;
}

// Empty where the kernel does not let us look.
std::string WhyNoRecord(int64_t pid) {
  const std::string process = "process " + std::to_string(pid);
  if (!Exists("/proc/" + std::to_string(pid))) return "there is no " + process;
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  size_t lines = 0;
  for (std::string line; std::getline(maps, line); ++lines) {
    if (line.find("libheadroom") != std::string::npos) return process + " has the agent but keeps no record";
  }
  return process + (lines > 0 ? " runs without the agent: start it with headroom run" : " keeps no record");
}

struct Target {
  std::string path;  // empty: none, and why
  std::string problem;
};

Target Find(const std::string& target) {
  if (!IsPid(target)) return {target, {}};
  const int64_t pid = std::stoll(target);
  const std::vector<std::string> places = PlacesOf(pid);
  const auto found = std::find_if(places.begin(), places.end(), Exists);
  if (found != places.end()) return {*found, {}};
  std::string looked;
  for (const std::string& place : places) looked += (looked.empty() ? "" : ", ") + place;
  return {{}, WhyNoRecord(pid) + " (looked for " + looked + ")"};
}

int FailUnreadable(const std::string& message) {
  PrintMessage(message);
  return kExitUnreadable;
}

int ShowStatus(const std::string& target, const std::string& format) {
  const Target file = Find(target);
  if (file.path.empty()) return FailUnreadable(file.problem);
  const Record record = ReadRecord(file.path);
  if (!record.error.empty()) return FailUnreadable(file.path + ": " + record.error);
  const ParsedStatus parsed = ParseStatus(record.json);
  if (!parsed.error.empty()) return FailUnreadable(file.path + ": " + parsed.error);
  const Viewing viewing{Now(), IsPid(target) && !Exists("/proc/" + target)};
  std::cout << (format == "json" ? record.json + "\n" : StatusText(parsed.status, viewing));
  return parsed.status.alarms.empty() ? kExitNothingFound : kExitLeakFound;
}

}  // namespace

void AddStatusCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "status", "Say what the agent in a process sees and whether it is alive. Exit status 1 while an alarm is open.");
  auto target = std::make_shared<std::string>();
  auto format = std::make_shared<std::string>("text");
  command->add_option("target", *target, "process id, or file of a flight recorder")->required()->type_name("PID|FILE");
  command->add_option("--format", *format, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
  command->callback(
      [target, format, &invocation] { invocation.action = [target, format] { return ShowStatus(*target, *format); }; });
}

}  // namespace headroom
