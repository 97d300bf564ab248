#include <chrono>
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/record_overview.h"
#include "cli/record_target.h"
#include "host/status_parser.h"
#include "recorder/reader.h"
#include "view/status_text.h"

namespace headroom {
namespace {

double Now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

int FailUnreadable(const std::string& message) {
  PrintMessage(message);
  return kExitUnreadable;
}

int ShowStatus(const std::string& target, const std::string& format) {
  if (target.empty() && format == "json") throw CLI::ValidationError("--format=json takes a process id or a file");
  if (target.empty()) return ShowRecordOverview();
  const RecordTarget file = FindRecordTarget(target);
  if (file.path.empty()) return FailUnreadable(file.problem);
  const Record record = ReadRecord(file.path);
  if (!record.error.empty()) return FailUnreadable(file.path + ": " + record.error);
  const ParsedStatus parsed = ParseStatus(record.json);
  if (!parsed.error.empty()) return FailUnreadable(file.path + ": " + parsed.error);
  const Viewing viewing{Now(), file.process_is_gone};
  std::cout << (format == "json" ? record.json + "\n" : StatusText(parsed.status, viewing));
  return parsed.status.alarms.empty() ? kExitNothingFound : kExitLeakFound;
}

}  // namespace

void AddStatusCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "status",
      "Say what the agent in a process sees and whether it is alive; without a target, list the records of this host. "
      "Exit status 1 while an alarm is open.");
  auto target = std::make_shared<std::string>();
  auto format = std::make_shared<std::string>("text");
  command->add_option("target", *target, "process id, or file of a flight recorder")->type_name("PID|FILE");
  command->add_option("--format", *format, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
  command->callback(
      [target, format, &invocation] { invocation.action = [target, format] { return ShowStatus(*target, *format); }; });
}

}  // namespace headroom
