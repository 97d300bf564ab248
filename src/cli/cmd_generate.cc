#include <iostream>
#include <map>
#include <memory>

#include "cli/command.h"
#include "cli/command_table.h"
#include "cli/completion.h"
#include "cli/manual.h"

namespace headroom {
namespace {

std::string Generated(const std::string& what, const CLI::App& app) {
  const std::vector<CommandEntry> commands = CommandTable(app);
  if (what == "headroom.1") return ToolManual(commands);
  if (what == "headroom-options.7") return OptionsManual();
  if (what == "bash") return BashCompletion(commands);
  return what == "zsh" ? ZshCompletion(commands) : FishCompletion(commands);
}

}  // namespace

void AddGenerateCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("generate", "For the build: print a manual page or a completion.")->group("");
  auto what = std::make_shared<std::string>();
  command->add_option("what", *what)
      ->required()
      ->check(CLI::IsMember({"headroom.1", "headroom-options.7", "bash", "zsh", "fish"}));
  command->callback([&app, what, &invocation] {
    invocation.action = [&app, what] {
      std::cout << Generated(*what, app);
      return kExitNothingFound;
    };
  });
}

}  // namespace headroom
