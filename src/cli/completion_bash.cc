#include "cli/completion.h"

namespace headroom {
namespace {

// Of the word under the cursor bash has cut off what stands before a '='; prev is the flag then.
constexpr char kHead[] = R"(# bash completion for headroom; made from the tool's own tables.

_headroom_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_headroom_records() {
  local record found=()
  for record in /run/headroom/*.hr "${XDG_RUNTIME_DIR:-/nowhere}"/headroom/*.hr; do
    [[ -e $record ]] || continue
    record=${record##*/}
    found+=("${record%.hr}")
  done
  mapfile -t COMPREPLY < <(compgen -W "${found[*]}" -- "$1"; compgen -f -- "$1")
}

_headroom_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:/] ]] && compopt -o nospace 2>/dev/null
  return 0
}

# The first word behind the options of `headroom run`, where its program begins.
_headroom_program_at() {
  local i=2
  while ((i < COMP_CWORD)); do
    case ${COMP_WORDS[i]} in
      --) echo $((i + 1)); return ;;
      -*) if [[ ${COMP_WORDS[i + 1]} == "=" ]]; then ((i += 3)); else ((i += 2)); fi ;;
      *) echo "$i"; return ;;
    esac
  done
  echo "$i"
}

_headroom() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  if [[ $cur == "=" ]]; then cur=""; elif [[ $prev == "=" ]]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi
  COMPREPLY=()
  ((COMP_CWORD > 1)) || command=""
  case "$command $prev" in
)";

constexpr char kMiddle[] = R"(  esac
  case $command in
)";

constexpr char kTail[] = R"(  esac
}

complete -F _headroom headroom
)";

constexpr char kProgram[] = R"(
      local at
      at=$(_headroom_program_at)
      if ((at < COMP_CWORD)); then
        compopt -o default 2>/dev/null
        return
      elif ((at == COMP_CWORD)) && [[ $cur != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -c -- "$cur")
        return
      fi)";

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

std::string ValueCall(const ArgumentEntry& argument) {
  if (!argument.choices.empty() && argument.kind == ValueKind::kText) {
    return "_headroom_words \"" + Joined(argument.choices) + "\" \"$cur\"";
  }
  if (argument.kind == ValueKind::kFile) return "_headroom_files \"$cur\"";
  return argument.kind == ValueKind::kRecord ? "_headroom_records \"$cur\"" : ":";
}

// What comes behind a flag.
std::string ValueCases(const CommandEntry& command) {
  std::string cases;
  for (const ArgumentEntry& argument : command.arguments) {
    if (argument.metavar.empty()) continue;
    for (const std::string& flag : argument.flags) {
      cases += "    \"" + command.name + " " + flag + "\") " + ValueCall(argument) + "; return ;;\n";
    }
  }
  return cases;
}

std::string FlagsOf(const CommandEntry& command) {
  std::vector<std::string> flags;
  for (const ArgumentEntry& argument : command.arguments)
    flags.insert(flags.end(), argument.flags.begin(), argument.flags.end());
  return Joined(flags);
}

std::string CommandCase(const CommandEntry& command) {
  std::string arguments;
  for (const ArgumentEntry& argument : command.arguments) {
    if (argument.flags.empty() && arguments.empty()) arguments = ValueCall(argument);
  }
  return "    " + command.name + ")" + (command.takes_program ? kProgram : "") +
         "\n      if [[ $cur == -* ]]; then _headroom_words \"" + FlagsOf(command) + "\" \"$cur\"; else " +
         (arguments.empty() ? ":" : arguments) + "; fi ;;\n";
}

}  // namespace

std::string BashCompletion(const std::vector<CommandEntry>& commands) {
  std::string script = kHead;
  for (const CommandEntry& command : commands) script += ValueCases(command);
  script += kMiddle;
  std::vector<std::string> names = {"--help", "--version"};
  for (const CommandEntry& command : commands) names.push_back(command.name);
  script += "    \"\") _headroom_words \"" + Joined(names) + "\" \"$cur\" ;;\n";
  for (const CommandEntry& command : commands) script += CommandCase(command);
  return script + kTail;
}

}  // namespace headroom
