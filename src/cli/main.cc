#include <malloc.h>

#include <algorithm>
#include <iostream>

#include "cli/command.h"
#include "config/nearest_name.h"

namespace headroom {

constexpr int kKeptBytes = 256 << 20;

namespace {

constexpr void (*kCommands[])(CLI::App&, Invocation&) = {
    AddRunCommand,     AddOptionsCommand, AddStatusCommand, AddTopCommand,   AddCheckCommand,
    AddAnalyzeCommand, AddConvertCommand, AddDiffCommand,   AddServeCommand, AddGenerateCommand,
};

std::vector<std::string> TakeGuest(std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front() != "run") return {};
  auto mark = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> guest(mark, arguments.end());
  arguments.erase(mark, arguments.end());
  return guest;
}

std::string UnknownCommand(const CLI::App& app, const std::string& name) {
  std::vector<std::string_view> known;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (!command->get_group().empty()) known.push_back(command->get_name());
  }
  std::string message = "there is no command '" + name + "'";
  std::string_view nearest = NearestName(name, known);
  if (!nearest.empty()) message.append("; did you mean '").append(nearest).append("'?");
  return message;
}

// CLI11's own words, but for a first word that it does not know: there it only says that a command is required.
std::string Describe(const CLI::App& app, const std::vector<std::string>& arguments, const CLI::ParseError& error) {
  if (arguments.empty()) return "a command is missing";
  const bool in_command = !app.get_subcommands().empty();
  if (in_command) return error.what();
  if (arguments.front().starts_with("-")) return "there is no option " + arguments.front();
  return UnknownCommand(app, arguments.front());
}

int FailUsage(const CLI::App& app, const std::vector<std::string>& arguments, const CLI::ParseError& error) {
  std::string message = Describe(app, arguments, error);
  std::replace(message.begin(), message.end(), '\n', ' ');
  message += " (see headroom ";
  for (const CLI::App* command : app.get_subcommands()) message += command->get_name() + " ";
  PrintMessage(message + "--help)");
  return kExitWrongUsage;
}

int Main(std::vector<std::string> arguments) {
  CLI::App app("Finds the memory leak of a running daemon and says how much time is left.", "headroom");
  app.set_version_flag("--version", "headroom " HEADROOM_VERSION);
  app.require_subcommand(1);
  Invocation invocation;
  for (auto add_command : kCommands) add_command(app, invocation);
  invocation.guest = TakeGuest(arguments);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 wants them from the back
    return invocation.action();
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  } catch (const CLI::ParseError& error) {
    return FailUsage(app, arguments, error);
  }
}

}  // namespace

void PrintMessage(std::string_view message) { std::cerr << "headroom: " << message << std::endl; }

}  // namespace headroom

int main(int argc, char** argv) {
  // What one heap dump needs the next one needs again: to give it back in between costs more than to read it.
  mallopt(M_MMAP_THRESHOLD, headroom::kKeptBytes);
  mallopt(M_TRIM_THRESHOLD, headroom::kKeptBytes);
  return headroom::Main({argv + 1, argv + argc});
}
