#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "alarm/names.h"
#include "bench/accuracy/run.h"
#include "bench/accuracy/summary.h"
#include "bench/accuracy/table.h"

namespace headroom::lab {
namespace {

struct Arguments {
  Plan plan;
  std::vector<std::string> family_names;
  bool list_cries = false;
};

std::vector<Family> Chosen(const std::vector<std::string>& names) {
  std::vector<Family> chosen = AllFamilies();
  if (names.empty()) return chosen;
  std::erase_if(chosen, [&](const Family& family) {
    return std::ranges::none_of(names, [&](const std::string& name) { return family.name.starts_with(name); });
  });
  return chosen;
}

std::vector<const RunResult*> Pointers(const std::vector<RunResult>& runs) {
  std::vector<const RunResult*> pointers;
  for (const RunResult& run : runs) pointers.push_back(&run);
  return pointers;
}

void AddTotal(const char* name, FamilyKind kind, const Plan& plan, const std::vector<std::vector<RunResult>>& results,
              std::vector<NamedSummary>& rows) {
  std::vector<const RunResult*> runs;
  for (size_t i = 0; i < results.size(); ++i) {
    if (plan.families[i].kind != kind) continue;
    for (const RunResult& run : results[i]) runs.push_back(&run);
  }
  if (!runs.empty()) rows.push_back({name, Summarize(runs, plan.clock.seconds_per_tick)});
}

std::vector<NamedSummary> Rows(const Plan& plan, const std::vector<std::vector<RunResult>>& results) {
  std::vector<NamedSummary> rows;
  std::vector<const RunResult*> all;
  for (size_t i = 0; i < results.size(); ++i) {
    const auto runs = Pointers(results[i]);
    rows.push_back({std::string(plan.families[i].name), Summarize(runs, plan.clock.seconds_per_tick)});
    all.insert(all.end(), runs.begin(), runs.end());
  }
  AddTotal("ALL BENIGN", FamilyKind::kBenign, plan, results, rows);
  AddTotal("ALL LEAKY", FamilyKind::kLeaky, plan, results, rows);
  AddTotal("ALL ADVERSARIAL BENIGN", FamilyKind::kAdversarialBenign, plan, results, rows);
  AddTotal("ALL ADVERSARIAL LEAKY", FamilyKind::kAdversarialLeaky, plan, results, rows);
  rows.push_back({"ALL", Summarize(all, plan.clock.seconds_per_tick)});
  return rows;
}

void PrintCries(const Plan& plan, size_t family, const std::vector<RunResult>& results) {
  const double hours_per_tick = plan.clock.seconds_per_tick / 3600;
  for (size_t run = 0; run < results.size(); ++run) {
    const RunScore& score = results[run].score;
    std::printf("%s, run %zu:", std::string(plan.families[family].name).c_str(), plan.first_run + run);
    if (score.leaks) {
      std::printf(" leaks from %.1f h, ends at %.1f h", static_cast<double>(score.onset_tick) * hours_per_tick,
                  static_cast<double>(score.onset_tick + score.leak_ticks) * hours_per_tick);
    }
    std::printf("\n");
    for (const Cry& cry : results[run].cries) {
      std::printf("  %7.1f h  %-8s site %s", static_cast<double>(cry.tick) * hours_per_tick,
                  std::string(NameOf(cry.alarm.severity)).c_str(), cry.alarm.id.c_str());
      if (const auto& eta = cry.alarm.eta_ticks) {
        std::printf("  end in %.1f h (%.1f to %.1f)", eta->estimate * hours_per_tick, eta->low * hours_per_tick,
                    eta->high * hours_per_tick);
      }
      std::printf("\n");
    }
  }
}

int Main(int argc, char** argv) {
  Arguments arguments;
  Plan& plan = arguments.plan;
  CLI::App app("Judges ways to find leaks by simulated processes.");
  app.add_option("--runs", plan.runs, "runs a family")->capture_default_str();
  app.add_option("--first-run", plan.first_run, "number of the first run: to see one again")->capture_default_str();
  app.add_option("--seeds", plan.seeds, "development or judgement")
      ->transform(CLI::CheckedTransformer(std::map<std::string, SeedSet>{{"development", SeedSet::kDevelopment},
                                                                         {"judgement", SeedSet::kJudgement}}));
  app.add_option("--family", arguments.family_names, "only families whose names begin so; may be repeated");
  app.add_option("--tick", plan.clock.seconds_per_tick, "seconds between two looks")->capture_default_str();
  app.add_option("--days", plan.clock.days, "simulated days a run")->capture_default_str();
  app.add_option("--threads", plan.threads)->capture_default_str();
  app.add_flag("--cries", arguments.list_cries, "list every alarm of every run");
  CLI11_PARSE(app, argc, argv);
  plan.families = Chosen(arguments.family_names);
  if (plan.families.empty()) {
    std::fprintf(stderr, "accuracy: no family's name begins with what --family says\n");
    return 2;
  }
  plan.rules = {Headroom()};
  const auto results = RunAll(plan);
  for (size_t rule = 0; rule < plan.rules.size(); ++rule) {
    if (arguments.list_cries) {
      for (size_t i = 0; i < plan.families.size(); ++i) PrintCries(plan, i, results[rule][i]);
    }
    std::printf("%s", FullTable(plan.rules[rule].name, Rows(plan, results[rule])).c_str());
  }
  return 0;
}

}  // namespace
}  // namespace headroom::lab

int main(int argc, char** argv) { return headroom::lab::Main(argc, argv); }
