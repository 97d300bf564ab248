#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "config/options.h"

namespace headroom {
namespace {

struct Row {
  std::string flag;
  std::string variable;
  std::string default_text;
  std::string meaning;
};

std::vector<Row> Rows() {
  std::vector<Row> rows = {{"OPTION OF headroom run", "VARIABLE", "DEFAULT", "MEANING"}};
  for (const OptionSpec& spec : OptionSpecs()) {
    rows.push_back({spec.Flag() + "=" + std::string(spec.metavar), spec.Variable(), std::string(spec.default_text),
                    std::string(spec.help) + "; takes " + spec.takes()});
  }
  return rows;
}

int Width(const std::vector<Row>& rows, std::string Row::*column) {
  size_t widest = 0;
  for (const Row& row : rows) widest = std::max(widest, (row.*column).size());
  return static_cast<int>(widest) + 2;
}

void PrintText() {
  const std::vector<Row> rows = Rows();
  std::cout << std::left;
  for (const Row& row : rows) {
    for (auto column : {&Row::flag, &Row::variable, &Row::default_text}) {
      std::cout << std::setw(Width(rows, column)) << row.*column;
    }
    std::cout << row.meaning << '\n';
  }
}

void PrintJson() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const OptionSpec& spec : OptionSpecs()) {
    list.push_back({{"option", spec.name},
                    {"flag", spec.Flag()},
                    {"variable", spec.Variable()},
                    {"default", spec.default_text},
                    {"takes", spec.takes()},
                    {"meaning", spec.help}});
  }
  std::cout << list.dump(2) << '\n';
}

int ListOptions(const std::string& format) {
  format == "json" ? PrintJson() : PrintText();
  return kExitNothingFound;
}

}  // namespace

void AddOptionsCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("options", "List every option with its variable, default and meaning.");
  auto format = std::make_shared<std::string>("text");
  command->add_option("--format", *format, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
  command->callback([format, &invocation] { invocation.action = [format] { return ListOptions(*format); }; });
}

}  // namespace headroom
