#include <iostream>
#include <memory>

#include "analysis/dump_diff.h"
#include "cli/command.h"
#include "cli/dump_source.h"
#include "report/diff_report.h"

namespace headroom {
namespace {

struct DiffRequest {
  std::string before;
  std::string after;
  std::string format = "text";
  size_t top = 20;
};

int Diff(const DiffRequest& request) {
  DumpSource source;
  const std::optional<Dump> before = source.Last(request.before);
  const std::optional<Dump> after = source.Last(request.after);
  if (!before || !after) return kExitUnreadable;
  const DumpDiff diff = DiffDumps(*before, *after);
  std::cout << (request.format == "json" ? DiffJson(diff) : DiffText(diff, request.top)) << std::flush;
  TellDistrusted(source.namer());
  return source.is_sound() ? kExitNothingFound : kExitUnreadable;
}

}  // namespace

void AddDiffCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "diff",
      "Show what grew and what shrank between two heap dumps, stack by stack. Two points prove no leak: see analyze.");
  auto request = std::make_shared<DiffRequest>();
  command->add_option("before", request->before, "the earlier dump; of a file with several the last counts")
      ->required()
      ->type_name("A");
  command->add_option("after", request->after, "the later dump")->required()->type_name("B");
  command->add_option("--format", request->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
  command->add_option("--top", request->top, "rows of the text; 0 = all")->type_name("N")->capture_default_str();
  command->callback([request, &invocation] { invocation.action = [request] { return Diff(*request); }; });
}

}  // namespace headroom
