#ifndef HEADROOM_AGENT_RECORD_KEEPER_H_
#define HEADROOM_AGENT_RECORD_KEEPER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/record_end.h"
#include "config/options.h"
#include "forecast/verdict.h"
#include "recorder/status.h"
#include "recorder/writer.h"
#include "series/snapshot.h"

namespace headroom {

// Fills in what all sites hold together and the most telling of them, without their names.
void FillSites(const Snapshot& snapshot, const std::vector<Verdict>& verdicts, Status* status);

// Where this process's record is kept, if anywhere.
class RecordKeeper {
 public:
  explicit RecordKeeper(const Options& options);

  bool is_on() const { return writer_.has_value(); }

  // Fills in what never changes in this process.
  void Complete(Status* status) const;

  // Adds the history, and writes it. What fails is said once, until it works again. A process that
  // ends with an alarm open leaves its record behind, any other takes it along.
  void Write(Status status);

  // Whether the heap dump beside the record is to be renewed: as often as it costs a thousandth of a processor.
  bool IsDumpDue(double monotonic_s) const { return is_on() && monotonic_s >= next_dump_s_; }
  void WriteDump(const HeapView& heap);

 private:
  void Note(bool written);

  const std::string program_build_id_;
  const double cpu_budget_;
  const uint64_t memory_budget_bytes_;
  std::optional<Writer> writer_;
  MemoryHistory history_;
  double next_dump_s_ = 0;  // monotonic
  RecordWriting::AtExit at_exit_ = RecordWriting::AtExit::kRemove;
  bool failing_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_RECORD_KEEPER_H_
