#ifndef HEADROOM_ANALYSIS_SNAPSHOT_BUILDER_H_
#define HEADROOM_ANALYSIS_SNAPSHOT_BUILDER_H_

#include <cstdint>
#include <vector>

#include "analysis/joined_dump.h"
#include "analysis/pace.h"
#include "series/snapshot.h"

namespace headroom {

// Makes the dumps of one life into the snapshots that the agent would have taken. What a dump does not count is put in
// so that it claims least: births and deaths are the net change from dump to dump; bytes without a count are counted in
// sampling intervals, or in pages where the dump is exact.
class SnapshotBuilder {
 public:
  SnapshotBuilder(double start_s, const Pace& pace) : start_s_(start_s), pace_(pace) {}

  // In the order of time. The reference holds until the next call.
  const Snapshot& Build(const JoinedDump& dump);

  const Snapshot& newest() const { return snapshot_; }

 private:
  // A site's counts as they have been told so far: they never go back.
  struct Counts {
    uint64_t live = 0;
    uint64_t born = 0;
    uint64_t died = 0;
    uint64_t dump = 0;  // seen last in that one
  };

  uint64_t TickAt(double time_s) const;
  void BuildSite(const JoinedSite& site, const JoinedDump& dump, SiteSnapshot& snapshot);
  // False where the dump counts no births.
  bool Count(const SiteCounts& site, const JoinedDump& dump, Counts& counts) const;
  int AgeClass(double age_s) const;
  void FillAges(const SiteCounts& site, SiteSnapshot& snapshot) const;

  double start_s_;
  Pace pace_;
  uint64_t dumps_ = 0;
  std::vector<Counts> counts_;  // by the site's number
  Snapshot snapshot_;           // the newest; its memory serves for the next
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_SNAPSHOT_BUILDER_H_
