#include "bench/accuracy/report.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "alarm/names.h"
#include "bench/accuracy/table.h"

namespace headroom::lab {
namespace {

using Row = std::vector<std::string>;

constexpr size_t kTicket = 1, kPage = 2;

Summary SummaryOf(const Plan& plan, const FamilyRuns& runs, std::initializer_list<FamilyKind> kinds) {
  std::vector<const RunResult*> chosen;
  for (size_t i = 0; i < runs.size(); ++i) {
    if (std::ranges::find(kinds, plan.families[i].kind) == kinds.end()) continue;
    for (const RunResult& run : runs[i]) chosen.push_back(&run);
  }
  return Summarize(chosen, plan.clock.seconds_per_tick);
}

std::vector<NamedSummary> FamilySummaries(const Plan& plan, const FamilyRuns& runs) {
  std::vector<NamedSummary> rows;
  for (size_t i = 0; i < runs.size(); ++i) {
    std::vector<const RunResult*> of_family;
    for (const RunResult& run : runs[i]) of_family.push_back(&run);
    rows.push_back({std::string(plan.families[i].name), Summarize(of_family, plan.clock.seconds_per_tick)});
  }
  return rows;
}

void AppendLevel(const LevelSummary& level, Row& row) {
  row.push_back(Number(level.precision, 2));
  row.push_back(Number(level.recall, 3));
  row.push_back(Number(level.false_a_year, 1));
  row.push_back(Number(level.false_runs, 3));
  row.push_back(Number(level.median_left, 2));
  row.push_back(Number(level.decile_left, 2));
  row.push_back(Number(level.right_site, 2));
}

const Row kLevelHeads = {"precision", "recall", "false/year", "runs with false", "life left", "10 %", "right stack"};
const Row kForecastHeads = {"error at warning", "at half", "80 % covers"};

void AppendForecast(const Summary& summary, Row& row) {
  row.push_back(Number(summary.median_error_at_warning, 2));
  row.push_back(Number(summary.median_error_at_half, 2));
  row.push_back(Number(summary.coverage, 2));
}

Row Heading(std::string title, std::initializer_list<Row> parts) {
  Row row = {std::move(title)};
  for (const Row& part : parts) row.insert(row.end(), part.begin(), part.end());
  return row;
}

std::string LevelTable(const std::string& title, const std::vector<NamedSummary>& summaries, size_t level) {
  std::vector<Row> rows = {Heading(title, {{"runs"}, kLevelHeads})};
  for (const auto& [name, summary] : summaries) {
    Row& row = rows.emplace_back(Row{name, std::to_string(summary.runs)});
    AppendLevel(summary.levels[level], row);
  }
  return Aligned(rows);
}

std::string NoticeTable(const std::vector<NamedSummary>& summaries) {
  std::vector<Row> rows = {Heading("notices and forecasts", {{"runs", "false/year", "named right"}, kForecastHeads})};
  for (const auto& [name, summary] : summaries) {
    Row& row = rows.emplace_back(Row{name, std::to_string(summary.runs), Number(summary.levels[0].false_a_year, 1),
                                     Number(summary.named_right, 2)});
    AppendForecast(summary, row);
  }
  return Aligned(rows);
}

Row RuleRow(const RuleKind& kind, const std::string& name, const Summary& summary, size_t level) {
  Row row = {name};
  AppendLevel(summary.levels[level], row);
  if (!kind.names_sites) row.back() = "-";
  AppendForecast(summary, row);
  if (!kind.forecasts) std::fill(row.end() - static_cast<ptrdiff_t>(kForecastHeads.size()), row.end(), "-");
  return row;
}

std::string CryText(const Cry& cry, double hours_per_tick) {
  std::string text = "  " + Number(static_cast<double>(cry.tick) * hours_per_tick, 1) + " h  " +
                     std::string(NameOf(cry.alarm.severity)) + "  site " + cry.alarm.id;
  if (const auto& eta = cry.alarm.eta_ticks) {
    text += "  end in " + Number(eta->estimate * hours_per_tick, 1) + " h (" + Number(eta->low * hours_per_tick, 1) +
            " to " + Number(eta->high * hours_per_tick, 1) + ")";
  }
  return text + "\n";
}

}  // namespace

std::vector<NamedSummary> GroupSummaries(const Plan& plan, const FamilyRuns& runs) {
  const std::vector<std::pair<std::string, FamilyKind>> groups = {
      {"BENIGN", FamilyKind::kBenign},
      {"LEAKY", FamilyKind::kLeaky},
      {"ADVERSARIAL BENIGN", FamilyKind::kAdversarialBenign},
      {"ADVERSARIAL LEAKY", FamilyKind::kAdversarialLeaky}};
  std::vector<NamedSummary> rows;
  for (const auto& [name, kind] : groups) {
    const Summary summary = SummaryOf(plan, runs, {kind});
    if (summary.runs > 0) rows.push_back({name, summary});
  }
  return rows;
}

std::string FamilyTables(const Plan& plan, const FamilyRuns& runs) {
  std::vector<NamedSummary> rows = FamilySummaries(plan, runs);
  for (NamedSummary& group : GroupSummaries(plan, runs)) rows.push_back(std::move(group));
  return LevelTable("pages (critical)", rows, kPage) + "\n" +
         LevelTable("tickets (warning or critical)", rows, kTicket) + "\n" + NoticeTable(rows);
}

std::string RuleTable(const Plan& plan, const std::vector<FamilyRuns>& by_rule) {
  std::vector<Row> rows = {Heading("rule", {kLevelHeads, kForecastHeads})};
  for (size_t rule = 0; rule < by_rule.size(); ++rule) {
    const Summary summary = SummaryOf(plan, by_rule[rule], {FamilyKind::kBenign, FamilyKind::kLeaky});
    const RuleKind& kind = plan.rules[rule];
    rows.push_back(RuleRow(kind, rule == 0 ? kind.name + ", page" : kind.name, summary, kPage));
    if (rule == 0) rows.push_back(RuleRow(kind, kind.name + ", ticket", summary, kTicket));
  }
  return Aligned(rows);
}

std::string LivesTable(const Plan& plan, const LivesRuns& by_before) {
  std::vector<Row> rows = {Heading("lives", {kLevelHeads, kForecastHeads})};
  const auto add = [&](const std::string& suffix, std::initializer_list<FamilyKind> kinds) {
    for (size_t i = 0; i < kBefore.size(); ++i) {
      const Summary summary = SummaryOf(plan, by_before[i], kinds);
      if (summary.runs == 0) continue;
      const std::string name = std::string(NameOf(kBefore[i])) + suffix;
      rows.push_back(RuleRow(plan.rules.front(), name + ", page", summary, kPage));
      rows.push_back(RuleRow(plan.rules.front(), name + ", ticket", summary, kTicket));
    }
  };
  add("", {FamilyKind::kBenign, FamilyKind::kLeaky});
  add(", adversary", {FamilyKind::kAdversarialBenign, FamilyKind::kAdversarialLeaky});
  return Aligned(rows);
}

std::string PageTable(const Plan& plan, const FamilyRuns& runs, const std::string& title) {
  std::vector<NamedSummary> rows = FamilySummaries(plan, runs);
  for (NamedSummary& group : GroupSummaries(plan, runs)) rows.push_back(std::move(group));
  return LevelTable(title, rows, kPage);
}

std::string CryList(const Plan& plan, const FamilyRuns& runs) {
  const double hours_per_tick = plan.clock.seconds_per_tick / 3600;
  std::string text;
  for (size_t family = 0; family < runs.size(); ++family) {
    for (size_t run = 0; run < runs[family].size(); ++run) {
      const auto& [score, cries] = runs[family][run];
      text += std::string(plan.families[family].name) + ", run " + std::to_string(plan.first_run + run);
      if (score.leaks) {
        text += ": leaks from " + Number(static_cast<double>(score.onset_tick) * hours_per_tick, 1) + " h to " +
                Number(static_cast<double>(score.onset_tick + score.leak_ticks) * hours_per_tick, 1) + " h";
      }
      text += "\n";
      for (const Cry& cry : cries) text += CryText(cry, hours_per_tick);
    }
  }
  return text;
}

}  // namespace headroom::lab
