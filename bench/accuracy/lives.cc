#include "bench/accuracy/lives.h"

#include <utility>

namespace headroom::lab {
namespace {

constexpr char kBuild[] = "00";
constexpr char kNextBuild[] = "01";

// One process: its parameters, and what its first lives teach.
class Process {
 public:
  Process(const Family& family, const Clock& clock, uint64_t seed)
      : family_(family),
        clock_(clock),
        seed_(seed),
        first_(Live(0, false, nothing_, kBuild, &taught_)),
        taught_benign_(taught_) {
    const bool leaks = MakeScenario(family_, clock_, seed_).leaks;
    if (!leaks) return;
    taught_benign_ = {};
    Live(0, true, nothing_, kBuild, &taught_benign_);
  }

  RunResult After(Before before) const {
    if (before == Before::kNothing) return first_;
    const bool is_other_build = before == Before::kOtherBuild;
    const Knowledge& known = before == Before::kBenignLife ? taught_benign_ : taught_;
    return Live(1, false, known, is_other_build ? kNextBuild : kBuild, nullptr);
  }

 private:
  RunResult Live(uint64_t life, bool without_leak, const Knowledge& known, const char* build_id,
                 Knowledge* learned) const {
    Scenario scenario = MakeScenario(family_, clock_, seed_, life);
    if (without_leak) scenario.leaks = false;
    return std::move(RunOnce(scenario, {KnowingHeadroom(known, build_id, learned)}).front());
  }

  const Family& family_;
  const Clock clock_;
  const uint64_t seed_;
  const Knowledge nothing_;
  Knowledge taught_;
  RunResult first_;
  Knowledge taught_benign_;
};

}  // namespace

std::string_view NameOf(Before before) {
  constexpr std::string_view kNames[] = {"first life", "second life", "second life, the first benign",
                                         "second life, another build"};
  return kNames[static_cast<size_t>(before)];
}

LivesRuns RunLives(const Plan& plan) {
  LivesRuns results;
  results.fill(FamilyRuns(plan.families.size(), std::vector<RunResult>(plan.runs)));
  ForEachRun(plan, [&](size_t family, uint64_t run, uint64_t seed) {
    const Process process(plan.families[family], plan.clock, seed);
    for (size_t i = 0; i < kBefore.size(); ++i) results[i][family][run] = process.After(kBefore[i]);
  });
  return results;
}

}  // namespace headroom::lab
