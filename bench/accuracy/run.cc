#include "bench/accuracy/run.h"

#include <atomic>
#include <thread>
#include <utility>

#include "bench/accuracy/moments.h"
#include "bench/accuracy/sampler.h"
#include "bench/accuracy/truth.h"
#include "symbols/fnv_hash.h"

namespace headroom::lab {
namespace {

// One rule, and the score of what it says.
struct Watcher {
  Watcher(const RuleKind& kind, const Scenario& scenario, const Truth& truth) : kind(kind), scorer(scenario, truth) {}

  const RuleKind& kind;
  std::unique_ptr<Rule> rule;
  Scorer scorer;
};

void ShowTick(const Scenario& scenario, const Truth& truth, const Moment& moment, const Snapshot& snapshot,
              std::vector<Watcher>& watchers) {
  const bool is_seen = !scenario.is_missed || !scenario.is_missed(moment.tick);
  const Sight sight{snapshot, truth.resident_bytes[moment.tick], truth.limit_bytes[moment.tick],
                    static_cast<double>(moment.age) * scenario.seconds_per_tick};
  for (Watcher& watcher : watchers) {
    if (moment.age == 0) {
      watcher.rule = watcher.kind.make(scenario.seconds_per_tick);
      watcher.scorer.Restart();
    }
    if (is_seen) watcher.scorer.See(moment.tick, watcher.rule->Observe(sight));
  }
}

}  // namespace

uint64_t SeedOf(SeedSet set, std::string_view family, uint64_t run) {
  FnvHash hash;
  hash.Add(family);
  return Random(hash.value() + 2 * run + (set == SeedSet::kJudgement ? 1 : 0)).Next() >> 16;
}

std::vector<RunResult> RunOnce(const Scenario& scenario, const std::vector<RuleKind>& rules) {
  const Truth truth = FindTruth(scenario);
  Sampler sampler(scenario, truth.leak_scale);
  std::vector<Watcher> watchers;
  for (const RuleKind& kind : rules) watchers.emplace_back(kind, scenario, truth);
  const uint64_t end_tick = truth.end_tick.value_or(scenario.ticks);
  for (uint64_t tick = 0; tick < end_tick; ++tick) {
    const Moment moment = MomentOf(scenario, tick);
    ShowTick(scenario, truth, moment, sampler.Step(moment), watchers);
  }
  std::vector<RunResult> results;
  for (const Watcher& watcher : watchers) results.push_back({watcher.scorer.Finish(), watcher.scorer.cries()});
  return results;
}

void ForEachRun(const Plan& plan, const std::function<void(size_t family, uint64_t run, uint64_t seed)>& visit) {
  std::atomic<uint64_t> next = 0;
  const auto work = [&] {
    for (uint64_t job = next++; job < plan.families.size() * plan.runs; job = next++) {
      const size_t family = job / plan.runs;
      const uint64_t run = job % plan.runs;
      visit(family, run, SeedOf(plan.seeds, plan.families[family].name, plan.first_run + run));
    }
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < plan.threads; ++i) helpers.emplace_back(work);
  work();
}

std::vector<FamilyRuns> RunAll(const Plan& plan) {
  std::vector<FamilyRuns> results(plan.rules.size(),
                                  FamilyRuns(plan.families.size(), std::vector<RunResult>(plan.runs)));
  ForEachRun(plan, [&](size_t family, uint64_t run, uint64_t seed) {
    std::vector<RunResult> of_rules = RunOnce(MakeScenario(plan.families[family], plan.clock, seed), plan.rules);
    for (size_t rule = 0; rule < of_rules.size(); ++rule) results[rule][family][run] = std::move(of_rules[rule]);
  });
  return results;
}

}  // namespace headroom::lab
