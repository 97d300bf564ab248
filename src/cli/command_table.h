#ifndef HEADROOM_CLI_COMMAND_TABLE_H_
#define HEADROOM_CLI_COMMAND_TABLE_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace headroom {

// What the person who completes a command line may want at a place of it.
enum class ValueKind { kText, kFile, kRecord };  // a record: a watched process's number, or a file

// A flag, or an argument without one.
struct ArgumentEntry {
  std::vector<std::string> flags;    // "-o", "--output"; empty: an argument
  std::string metavar;               // "FILE"; empty: a flag that takes no value
  std::string meaning;               // no full stop
  std::string default_text;          // empty: none
  std::vector<std::string> choices;  // the words that it takes, as far as they can be listed
  ValueKind kind = ValueKind::kText;
  bool is_required = false;
  bool is_repeated = false;
};

struct CommandEntry {
  std::string name;
  std::string meaning;
  std::vector<ArgumentEntry> arguments;
  bool takes_program = false;  // the rest of the line is a program and its arguments
};

// Every command that people are told of, as the tool itself parses it: the one source of manual and completions.
std::vector<CommandEntry> CommandTable(const CLI::App& app);

}  // namespace headroom

#endif  // HEADROOM_CLI_COMMAND_TABLE_H_
