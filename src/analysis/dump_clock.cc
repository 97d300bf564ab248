#include "analysis/dump_clock.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr double kCopySeconds = 0.05;  // a file; faster than that, files are copied, not dumped

bool CanBeTrue(const std::vector<SeriesFile>& files) {
  if (files.size() < 2) return true;
  const bool rises = std::ranges::is_sorted(files, {}, &SeriesFile::mtime_s);
  const double span_s = files.back().mtime_s - files.front().mtime_s;
  return rises && span_s > kCopySeconds * static_cast<double>(files.size());
}

TimeSource SourceFor(const JoinedDump& dump, bool has_every) {
  if (dump.told_time_s) return TimeSource::kDump;
  if (dump.elapsed_s) return TimeSource::kElapsed;
  return has_every ? TimeSource::kEvery : TimeSource::kFile;
}

}  // namespace

DumpClock::DumpClock(const std::vector<SeriesFile>& files, std::optional<double> every_s)
    : every_s_(every_s), files_can_be_true_(CanBeTrue(files)) {}

std::optional<double> DumpClock::TimeOf(const JoinedDump& dump, const SeriesFile& file) {
  const TimeSource source = SourceFor(dump, every_s_.has_value());
  if (source_ && source != *source_) return Refuse("it tells its time otherwise than the dumps before; it is left out");
  ++dumps_;
  if (source == TimeSource::kFile) return TimeOfFile(file);
  source_ = source;
  if (source == TimeSource::kDump) return dump.told_time_s;
  if (source == TimeSource::kElapsed) return dump.elapsed_s;
  return static_cast<double>(dumps_) * *every_s_;
}

std::optional<double> DumpClock::TimeOfFile(const SeriesFile& file) {
  if (!files_can_be_true_) {
    return Refuse(
        "the dumps carry no time, and the times of the files do not rise like those of a series (a copy?): give "
        "--every");
  }
  if (file.path == file_of_last_) return Refuse("the dumps of the file carry no time: give --every");
  file_of_last_ = file.path;
  source_ = TimeSource::kFile;
  return file.mtime_s;
}

std::optional<double> DumpClock::Refuse(std::string why) {
  why_ = std::move(why);
  return std::nullopt;
}

}  // namespace headroom
