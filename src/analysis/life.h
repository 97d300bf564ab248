#ifndef HEADROOM_ANALYSIS_LIFE_H_
#define HEADROOM_ANALYSIS_LIFE_H_

#include <memory>
#include <optional>
#include <vector>

#include "analysis/life_watch.h"

namespace headroom {

// One life of a process as its dumps come in. The first of them are kept until they say how long a tick is.
class Life {
 public:
  Life(const AnalysisOptions& options, const SiteBook& book) : options_(options), book_(book) {}

  // Whether the dump cannot be of this life: more stacks have counted backwards than forwards, or, where the dumps
  // count nothing since the start, nearly all is gone at once.
  bool IsOver(const JoinedDump& next) const;

  // False where the dump is older than the one before; then nothing has happened.
  bool Take(JoinedDump dump, std::vector<AlarmEvent>& told);

  // After the last dump, once; there was one at least.
  LifeReport Finish(std::vector<AlarmEvent>& told);

  uint64_t dumps() const { return dumps_; }

 private:
  void Begin(std::vector<AlarmEvent>& told);
  void Remember(const JoinedDump& dump);

  const AnalysisOptions& options_;
  const SiteBook& book_;
  uint64_t dumps_ = 0;
  double newest_time_s_ = 0;
  double live_bytes_ = 0;  // of the newest dump
  size_t sites_ = 0;       // with anything live
  struct Born {
    double bytes = 0;
    uint64_t dump = 0;  // the number of the dump that said so
  };
  std::vector<Born> born_;  // by the site's number, where the dumps count births
  std::vector<JoinedDump> waiting_;
  std::optional<double> youngest_age_s_;
  std::unique_ptr<LifeWatch> watch_;
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_LIFE_H_
