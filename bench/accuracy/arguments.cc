#include "bench/accuracy/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

#include "bench/accuracy/baselines.h"

namespace headroom::lab {
namespace {

std::vector<Family> Chosen(const std::vector<std::string>& names) {
  std::vector<Family> chosen = AllFamilies();
  if (names.empty()) return chosen;
  std::erase_if(chosen, [&](const Family& family) {
    return std::ranges::none_of(names, [&](const std::string& name) { return family.name.starts_with(name); });
  });
  return chosen;
}

std::vector<RuleKind> Rules(bool with_baselines) {
  std::vector<RuleKind> rules = {Headroom()};
  if (!with_baselines) return rules;
  for (const auto& baselines : {LevelBaselines(), AgeBaselines(), GrowthBaselines()}) {
    rules.insert(rules.end(), baselines.begin(), baselines.end());
  }
  return rules;
}

std::string Joined(int argc, char** argv) {
  std::string command = "bench/accuracy/run";
  for (int i = 1; i < argc; ++i) command += " " + std::string(argv[i]);
  return command;
}

}  // namespace

Arguments ParseArguments(int argc, char** argv) {
  Arguments arguments;
  Plan& plan = arguments.plan;
  std::vector<std::string> families;
  bool with_baselines = false;
  CLI::App app("Judges ways to find leaks by the simulated lives of daemons.");
  app.add_option("--runs", plan.runs, "runs a family")->capture_default_str()->check(CLI::PositiveNumber);
  app.add_option("--first-run", plan.first_run, "number of the first run: to see one again")->capture_default_str();
  app.add_option("--seeds", plan.seeds, "development (to make the engine better) or judgement (to say how good it is)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, SeedSet>{{"development", SeedSet::kDevelopment}, {"judgement", SeedSet::kJudgement}}));
  app.add_option("--family", families, "only families whose names begin so; may be repeated");
  app.add_option("--tick", plan.clock.seconds_per_tick, "seconds between two ticks")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 3600.0));
  app.add_option("--look-every", plan.clock.look_every, "look at one in so many ticks, as where the agent's budget pays for no more")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  app.add_option("--days", plan.clock.days, "simulated days a run")
      ->capture_default_str()
      ->check(CLI::Range(8.0, 100.0));
  app.add_option("--threads", plan.threads)->capture_default_str()->check(CLI::Range(1, 256));
  app.add_flag("--baselines", with_baselines, "what people use today beside it");
  app.add_flag("--lives", arguments.with_lives, "also second lives of each run, which know the first");
  app.add_flag("--cries", arguments.list_cries, "list every alarm of every run");
  app.add_option("--write", arguments.write_directory, "write accuracy.md and accuracy.json there")
      ->check(CLI::ExistingDirectory);
  app.add_option("--smoke", arguments.smoke_file,
                 "exit 1 where it is worse than this accuracy.json says, beyond chance")
      ->check(CLI::ExistingFile);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  plan.families = Chosen(families);
  if (plan.families.empty()) std::exit(app.exit(CLI::ValidationError("--family", "no family's name begins so")));
  plan.rules = Rules(with_baselines);
  arguments.command = Joined(argc, argv);
  return arguments;
}

}  // namespace headroom::lab
