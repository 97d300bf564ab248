#include "cli/command_table.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace headroom {
namespace {

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (size_t start = 0; start <= text.size();) {
    const size_t end = std::min(text.find(at, start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

bool IsWord(const std::string& part) {
  return !part.empty() && std::ranges::all_of(part, [](unsigned char c) { return std::islower(c) || std::isdigit(c); });
}

// CLI11 writes "FORMAT:{text,json}"; our own tables "auto|off|PATH", where what is written small stands for itself.
std::vector<std::string> ChoicesOf(const std::string& type_name) {
  const size_t open = type_name.find(":{");
  if (open != std::string::npos) return Split(type_name.substr(open + 2, type_name.size() - open - 3), ',');
  if (type_name == "SINK,...") return {"stderr", "journald", "syslog", "file:", "exec:", "http://"};
  std::vector<std::string> choices = Split(type_name, '|');
  std::erase_if(choices, [](const std::string& part) { return !IsWord(part); });
  return choices;
}

ValueKind KindOf(const std::string& metavar) {
  constexpr std::string_view kFileWords[] = {"FILE", "DIR", "PATH", "OUT", "A", "B"};
  const std::vector<std::string> words = Split(metavar, '|');
  if (words.front() == "PID") return ValueKind::kRecord;
  const bool is_file = std::ranges::any_of(
      words, [&](const std::string& word) { return std::ranges::find(kFileWords, word) != std::end(kFileWords); });
  return is_file ? ValueKind::kFile : ValueKind::kText;
}

std::vector<std::string> FlagsOf(const CLI::Option& option) {
  std::vector<std::string> flags;
  for (const std::string& name : option.get_snames()) flags.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) flags.push_back("--" + name);
  return flags;
}

ArgumentEntry EntryOf(const CLI::Option& option) {
  ArgumentEntry entry;
  entry.flags = FlagsOf(option);
  entry.meaning = option.get_description();
  entry.default_text = option.get_default_str();
  entry.is_required = option.get_required();
  entry.is_repeated = option.get_items_expected_max() > 1;
  if (option.get_items_expected_max() == 0) return entry;
  const std::string type_name = option.get_type_name();
  entry.metavar = type_name.substr(0, type_name.find(":{"));
  entry.choices = ChoicesOf(type_name);
  entry.kind = KindOf(entry.metavar);
  return entry;
}

bool IsShown(const std::string& group) { return !group.empty(); }

}  // namespace

std::vector<CommandEntry> CommandTable(const CLI::App& app) {
  std::vector<CommandEntry> table;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App* c) { return IsShown(c->get_group()); })) {
    CommandEntry& entry = table.emplace_back();
    entry.name = command->get_name();
    entry.meaning = command->get_description();
    entry.takes_program = command->get_prefix_command();
    for (const CLI::Option* option : command->get_options()) {
      if (IsShown(option->get_group())) entry.arguments.push_back(EntryOf(*option));
    }
  }
  return table;
}

}  // namespace headroom
