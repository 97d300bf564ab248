#ifndef HEADROOM_CLI_COMMAND_H_
#define HEADROOM_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// Exit codes of every command but `run`, whose exit status is its program's.
inline constexpr int kExitNothingFound = 0;
inline constexpr int kExitLeakFound = 1;
inline constexpr int kExitWrongUsage = 2;
inline constexpr int kExitUnreadable = 3;

// One call of the tool.
struct Invocation {
  // `headroom run`: from the first "--" on, so that no word of the program's command line is taken for one of ours.
  std::vector<std::string> guest;
  // What the chosen command does after the command line has been read; returns the exit code. May throw
  // CLI::ParseError, which is reported like any other wrong usage.
  std::function<int()> action;
};

// The pattern of a command: cmd_<name>.cc defines Add<Name>Command, which hangs a subcommand below `app`, keeps the
// subcommand's values in a shared_ptr, and sets `invocation.action` in the subcommand's callback. Declared here and
// listed in main.cc.
void AddRunCommand(CLI::App& app, Invocation& invocation);
void AddOptionsCommand(CLI::App& app, Invocation& invocation);
void AddStatusCommand(CLI::App& app, Invocation& invocation);
void AddTopCommand(CLI::App& app, Invocation& invocation);
void AddAnalyzeCommand(CLI::App& app, Invocation& invocation);
void AddCheckCommand(CLI::App& app, Invocation& invocation);
void AddConvertCommand(CLI::App& app, Invocation& invocation);
void AddDiffCommand(CLI::App& app, Invocation& invocation);
void AddServeCommand(CLI::App& app, Invocation& invocation);
void AddGenerateCommand(CLI::App& app, Invocation& invocation);

// One line on stderr, with the name of the tool in front.
void PrintMessage(std::string_view message);

}  // namespace headroom

#endif  // HEADROOM_CLI_COMMAND_H_
