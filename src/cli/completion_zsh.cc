#include "cli/completion.h"

namespace headroom {
namespace {

constexpr char kHead[] = R"(#compdef headroom
# zsh completion for headroom; made from the tool's own tables.

_headroom_records() {
  local -a processes
  processes=(/run/headroom/*.hr(N:t:r) ${XDG_RUNTIME_DIR:-/nowhere}/headroom/*.hr(N:t:r))
  _alternative 'processes:watched process:compadd -a processes' 'files:record:_files'
}

_headroom() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
)";

constexpr char kMiddle[] = R"(  )
  _arguments -C '(- *)--help[print help]' '(- *)--version[print the version]' '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
)";

constexpr char kTail[] = R"(      esac ;;
  esac
}

_headroom "$@"
)";

// For use between single quotes inside a specification of _arguments.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    if (c == '\'') {
      escaped += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string ActionOf(const ArgumentEntry& argument) {
  if (!argument.choices.empty() && argument.kind == ValueKind::kText) {
    std::string words;
    for (const std::string& choice : argument.choices) words += (words.empty() ? "" : " ") + Escaped(choice);
    return "(" + words + ")";
  }
  if (argument.kind == ValueKind::kFile) return "_files";
  return argument.kind == ValueKind::kRecord ? "_headroom_records" : " ";
}

std::string ValueOf(const ArgumentEntry& argument) {
  return ":" + Escaped(argument.metavar) + ":" + ActionOf(argument);
}

std::string FlagSpec(const std::string& flag, const ArgumentEntry& argument) {
  const std::string equals = argument.metavar.empty() ? "" : flag.starts_with("--") ? "=" : "+";
  const std::string value = argument.metavar.empty() ? "" : ValueOf(argument);
  return "'" + flag + equals + "[" + Escaped(argument.meaning) + "]" + value + "'";
}

std::string ArgumentSpec(const ArgumentEntry& argument, int position) {
  return "'" + (argument.is_repeated ? "*" : std::to_string(position)) + ValueOf(argument) + "'";
}

std::string CommandCase(const CommandEntry& command) {
  std::string specs;
  int position = 0;
  for (const ArgumentEntry& argument : command.arguments) {
    for (const std::string& flag : argument.flags) specs += " \\\n            " + FlagSpec(flag, argument);
    if (argument.flags.empty()) specs += " \\\n            " + ArgumentSpec(argument, ++position);
  }
  if (command.takes_program) specs += " \\\n            '(-)1:program:_command_names -e' '*::argument:_normal'";
  return "        " + command.name + ")\n          _arguments -S" + specs + " ;;\n";
}

}  // namespace

std::string ZshCompletion(const std::vector<CommandEntry>& commands) {
  std::string script = kHead;
  for (const CommandEntry& command : commands) {
    script += "    '" + command.name + ":" + Escaped(command.meaning) + "'\n";
  }
  script += kMiddle;
  for (const CommandEntry& command : commands) script += CommandCase(command);
  return script + kTail;
}

}  // namespace headroom
