#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include "bench/accuracy/arguments.h"
#include "bench/accuracy/committed.h"
#include "bench/accuracy/report.h"

namespace headroom::lab {
namespace {

std::string Today() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%d", std::gmtime(&now));
  return text;
}

std::string Document(const Arguments& arguments, const std::vector<FamilyRuns>& by_rule) {
  const Plan& plan = arguments.plan;
  const char* const seeds = plan.seeds == SeedSet::kJudgement ? "judgement" : "development";
  return "# How good the verdicts are\n`" + arguments.command + "`, " + Today() + ": seeds for " + seeds + ", runs " +
         std::to_string(plan.first_run) + " to " + std::to_string(plan.first_run + plan.runs - 1) +
         " of each family. bench/README.md says what the columns mean.\n\n" + RuleTable(plan, by_rule) + "\n" +
         FamilyTables(plan, by_rule.front());
}

std::string LivesDocument(const Plan& plan, const LivesRuns& by_before) {
  const auto runs_after = [&](Before before) -> const FamilyRuns& { return by_before[static_cast<size_t>(before)]; };
  return "\n# What knowing an earlier life does\n" + LivesTable(plan, by_before) + "\n" +
         PageTable(plan, runs_after(Before::kSameLife), "pages, second life") + "\n" +
         PageTable(plan, runs_after(Before::kBenignLife), "pages, the first life benign");
}

void ListCriesOfLives(const Plan& plan, const LivesRuns& by_before) {
  for (const Before before : kBefore) {
    const std::string name(NameOf(before));
    std::printf("== %s\n%s\n", name.c_str(), CryList(plan, by_before[static_cast<size_t>(before)]).c_str());
  }
}

bool Write(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  if (!file) std::fprintf(stderr, "accuracy: %s cannot be written\n", path.c_str());
  return file.good();
}

int Compare(const std::string& path, const std::vector<GroupCounts>& now) {
  std::ifstream file(path);
  const auto committed = FromJson(file);
  if (!committed) {
    std::fprintf(stderr, "accuracy: %s: expected the JSON that --write makes\n", path.c_str());
    return 2;
  }
  const std::vector<std::string> complaints = WorseThan(*committed, now);
  for (const std::string& complaint : complaints) std::fprintf(stderr, "WORSE %s\n", complaint.c_str());
  return complaints.empty() ? 0 : 1;
}

int Main(int argc, char** argv) {
  const Arguments arguments = ParseArguments(argc, argv);
  const std::vector<FamilyRuns> by_rule = RunAll(arguments.plan);
  if (arguments.list_cries) std::printf("%s\n", CryList(arguments.plan, by_rule.front()).c_str());
  std::string document = Document(arguments, by_rule);
  std::vector<GroupCounts> counts = CountGroups(arguments.plan, by_rule.front());
  if (arguments.with_lives) {
    const LivesRuns by_before = RunLives(arguments.plan);
    document += LivesDocument(arguments.plan, by_before);
    if (arguments.list_cries) ListCriesOfLives(arguments.plan, by_before);
    std::ranges::copy(CountLives(arguments.plan, by_before), std::back_inserter(counts));
  }
  std::printf("%s", document.c_str());
  const std::string& directory = arguments.write_directory;
  if (!directory.empty() &&
      !(Write(directory + "/accuracy.md", document) && Write(directory + "/accuracy.json", ToJson(counts)))) {
    return 2;
  }
  return arguments.smoke_file.empty() ? 0 : Compare(arguments.smoke_file, counts);
}

}  // namespace
}  // namespace headroom::lab

int main(int argc, char** argv) { return headroom::lab::Main(argc, argv); }
