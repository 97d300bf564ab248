#ifndef HEADROOM_ANALYSIS_DUMP_CLOCK_H_
#define HEADROOM_ANALYSIS_DUMP_CLOCK_H_

#include <optional>
#include <string>
#include <vector>

#include "analysis/joined_dump.h"

namespace headroom {

// A file of the series.
struct SeriesFile {
  std::string path;
  double mtime_s = 0;
};

// Where the time of a series comes from; the same for all of its dumps.
enum class TimeSource { kDump, kElapsed, kEvery, kFile };

// When dumps were taken: as they say themselves; else, one after the other, `every_s` apart; else by the times of their
// files, where these can be true (they rise, and were not made all at once by a copy).
class DumpClock {
 public:
  DumpClock(const std::vector<SeriesFile>& files, std::optional<double> every_s);

  // In the order of the series. Empty where the dump has no time, and why().
  std::optional<double> TimeOf(const JoinedDump& dump, const SeriesFile& file);

  const std::string& why() const { return why_; }
  std::optional<TimeSource> source() const { return source_; }

 private:
  std::optional<double> TimeOfFile(const SeriesFile& file);
  std::optional<double> Refuse(std::string why);

  std::optional<double> every_s_;
  bool files_can_be_true_ = true;
  std::optional<TimeSource> source_;
  uint64_t dumps_ = 0;
  std::string file_of_last_;
  std::string why_;
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_DUMP_CLOCK_H_
