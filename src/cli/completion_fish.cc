#include "cli/completion.h"

namespace headroom {
namespace {

constexpr char kHead[] = R"(# fish completion for headroom; made from the tool's own tables.

function __headroom_records
    for record in /run/headroom/*.hr $XDG_RUNTIME_DIR/headroom/*.hr
        string replace -r '.*/(.*)\.hr$' '$1' -- $record
    end
end

complete -c headroom -f
complete -c headroom -n __fish_use_subcommand -l help -d 'print help'
complete -c headroom -n __fish_use_subcommand -l version -d 'print the version'
)";

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string ValuesOf(const ArgumentEntry& argument) {
  std::string words;
  for (const std::string& choice : argument.choices) words += (words.empty() ? "" : " ") + choice;
  if (argument.kind == ValueKind::kRecord) words = "(__headroom_records)";
  const std::string files = argument.kind == ValueKind::kText ? "" : " -F";
  return files + (words.empty() ? "" : " -a " + Quoted(words));
}

std::string FlagLine(const std::string& seen, const ArgumentEntry& argument) {
  std::string line = seen;
  for (const std::string& flag : argument.flags) {
    line += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
  }
  const bool takes_file = argument.kind != ValueKind::kText;
  if (!argument.metavar.empty()) line += (takes_file ? " -r" : " -x") + ValuesOf(argument);
  return line + " -d " + Quoted(argument.meaning) + "\n";
}

std::string LinesOf(const CommandEntry& command) {
  const std::string seen = "complete -c headroom -n '__fish_seen_subcommand_from " + command.name + "'";
  std::string lines =
      "\ncomplete -c headroom -n __fish_use_subcommand -a " + command.name + " -d " + Quoted(command.meaning) + "\n";
  for (const ArgumentEntry& argument : command.arguments) {
    lines += argument.flags.empty() ? seen + ValuesOf(argument) + "\n" : FlagLine(seen, argument);
  }
  if (command.takes_program) lines += seen + " -a '(__fish_complete_subcommand --fcs-skip=2)'\n";
  return lines;
}

}  // namespace

std::string FishCompletion(const std::vector<CommandEntry>& commands) {
  std::string script = kHead;
  for (const CommandEntry& command : commands) script += LinesOf(command);
  return script;
}

}  // namespace headroom
