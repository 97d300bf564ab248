#include "bench/accuracy/committed.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "alarm/names.h"

namespace headroom::lab {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GroupCounts, group, level, leaks, found, innocent_runs, false_runs)

namespace {

constexpr double kOnceInAThousand = 1e-3;

// Never 0 or 1: what was not seen in so many runs may still be.
double ChanceOf(uint64_t seen, uint64_t of) { return (static_cast<double>(seen) + 1) / (static_cast<double>(of) + 2); }

std::string Complaint(const GroupCounts& now, const GroupCounts& committed, bool is_recall) {
  const auto share = [](uint64_t part, uint64_t whole) {
    return std::to_string(part) + " of " + std::to_string(whole);
  };
  const std::string where = now.group + ", " + now.level + ": ";
  return is_recall ? where + "found " + share(now.found, now.leaks) + " leaks, the committed table " +
                         share(committed.found, committed.leaks)
                   : where + "false alarms in " + share(now.false_runs, now.innocent_runs) +
                         " runs, the committed table " + share(committed.false_runs, committed.innocent_runs);
}

}  // namespace

double BinomialTail(uint64_t trials, uint64_t successes, double chance) {
  const auto n = static_cast<double>(trials);
  double tail = 0;
  for (uint64_t i = successes; i <= trials; ++i) {
    const auto k = static_cast<double>(i);
    tail += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(chance) +
                     (n - k) * std::log1p(-chance));
  }
  return std::min(tail, 1.0);
}

std::vector<GroupCounts> CountGroups(const Plan& plan, const FamilyRuns& runs) {
  std::vector<GroupCounts> counts;
  for (const auto& [name, summary] : GroupSummaries(plan, runs)) {
    for (size_t level = 1; level < kLevels.size(); ++level) {
      const LevelSummary& of_level = summary.levels[level];
      counts.push_back({name, std::string(NameOf(kLevels[level])), of_level.leaks, of_level.found,
                        of_level.innocent_runs, of_level.innocent_runs_with_false});
    }
  }
  return counts;
}

std::vector<GroupCounts> CountLives(const Plan& plan, const LivesRuns& by_before) {
  std::vector<GroupCounts> counts;
  for (const Before before : kBefore) {
    if (before == Before::kNothing) continue;
    for (GroupCounts& group : CountGroups(plan, by_before[static_cast<size_t>(before)])) {
      group.group += ", " + std::string(NameOf(before));
      counts.push_back(std::move(group));
    }
  }
  return counts;
}

std::string ToJson(const std::vector<GroupCounts>& counts) { return nlohmann::json(counts).dump(1) + "\n"; }

std::optional<std::vector<GroupCounts>> FromJson(std::istream& json) {
  try {
    return nlohmann::json::parse(json).get<std::vector<GroupCounts>>();
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::vector<std::string> WorseThan(const std::vector<GroupCounts>& committed, const std::vector<GroupCounts>& now) {
  std::vector<std::string> complaints;
  for (const GroupCounts& counts : now) {
    for (const GroupCounts& before : committed) {
      if (before.group != counts.group || before.level != counts.level) continue;
      const double miss = ChanceOf(before.leaks - before.found, before.leaks);
      const double cry = ChanceOf(before.false_runs, before.innocent_runs);
      if (BinomialTail(counts.leaks, counts.leaks - counts.found, miss) < kOnceInAThousand) {
        complaints.push_back(Complaint(counts, before, true));
      }
      if (BinomialTail(counts.innocent_runs, counts.false_runs, cry) < kOnceInAThousand) {
        complaints.push_back(Complaint(counts, before, false));
      }
    }
  }
  return complaints;
}

}  // namespace headroom::lab
