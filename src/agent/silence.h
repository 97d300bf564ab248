#ifndef HEADROOM_AGENT_SILENCE_H_
#define HEADROOM_AGENT_SILENCE_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "alarm/suppressions.h"
#include "config/options.h"
#include "forecast/verdict.h"

namespace headroom {

// Growth that nobody is to be told of: named in the SUPPRESS file, or accepted by the program. For the agent's thread.
class Silence {
 public:
  struct Naming {
    std::function<std::vector<Frame>(uint64_t site_key)> frames;
    std::function<std::string(const Verdict&)> id;
  };

  // Reads the file; what is wrong with it is logged, and what could be read counts.
  Silence(const Options& options, Naming naming);

  // From now on, what has this alarm id.
  void Accept(const std::string& id);

  // Takes the verdicts out that are covered. Returns how many of them would have been told.
  uint64_t Take(std::vector<Verdict>* verdicts);

 private:
  static constexpr size_t kMaxKnown = 4096;

  bool Covers(const Verdict& verdict);
  bool LooksCovered(const Verdict& verdict) const;

  Naming naming_;
  Suppressions suppressions_;
  std::set<std::string> accepted_;
  std::unordered_map<uint64_t, bool> known_;  // by site, so that its frames are named once
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_SILENCE_H_
