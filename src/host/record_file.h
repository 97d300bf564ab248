#ifndef HEADROOM_HOST_RECORD_FILE_H_
#define HEADROOM_HOST_RECORD_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "recorder/status.h"

namespace headroom {

// Why a file gave no status. Each is a value of a metric's label.
enum class RecordFlaw { kNone, kNotOpened, kNotAFile, kTooLong, kDamaged, kNotUnderstood, kNotItsOwn, kDouble };
inline constexpr RecordFlaw kRecordFlaws[] = {
    RecordFlaw::kNotOpened,     RecordFlaw::kNotAFile,  RecordFlaw::kTooLong, RecordFlaw::kDamaged,
    RecordFlaw::kNotUnderstood, RecordFlaw::kNotItsOwn, RecordFlaw::kDouble};

constexpr std::string_view NameOf(RecordFlaw flaw) {
  constexpr std::string_view kNames[] = {"none",    "not_opened",     "not_a_file",  "too_long",
                                         "damaged", "not_understood", "not_its_own", "double"};
  return kNames[static_cast<int>(flaw)];
}

// Tells one content of a file from the next. The time of change cannot be set by the file's owner.
struct FileVersion {
  uint64_t device = 0, inode = 0, bytes = 0;
  int64_t changed_s = 0, changed_ns = 0;
  bool operator==(const FileVersion&) const = default;
};

// A flight recorder's file, as it was read.
struct RecordFile {
  FileVersion version;
  uint32_t owner = 0;    // user id
  double written_s = 0;  // Unix time
  Status status;         // where `flaw` is kNone
  RecordFlaw flaw = RecordFlaw::kNone;
  std::string complaint;  // one clause, where there is a flaw
};

// Larger files are no recorder's.
inline constexpr uint64_t kMaxRecordFileBytes = 64 << 20;

// Reads `name` in the directory that is open as `directory`, unless `known` is the same version of it: then nothing
// comes back. For names that anybody may have put there: follows no link, opens nothing but regular files with one
// name, never waits, reads a bounded part.
std::optional<RecordFile> ReadRecordFile(int directory, const std::string& name, const RecordFile* known);

}  // namespace headroom

#endif  // HEADROOM_HOST_RECORD_FILE_H_
