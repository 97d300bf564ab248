#ifndef HEADROOM_HOST_HOST_RECORDS_H_
#define HEADROOM_HOST_HOST_RECORDS_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "host/record_file.h"
#include "host/standing.h"

namespace headroom {

// A process that left a record.
struct HostProcess {
  std::string path;  // of the record
  std::shared_ptr<const RecordFile> file;
  Standing standing = Standing::kWatched;

  const Status& status() const { return file->status; }
};

// A file that gave no status, or that was not believed.
struct RefusedRecord {
  std::string path;
  uint32_t owner = 0;
  RecordFlaw flaw = RecordFlaw::kNone;
  std::string complaint;
};

struct DirectoryView {
  std::string path;
  std::string error;            // empty = it was read
  uint64_t files_left_out = 0;  // beyond the bounds below
};

// What all flight recorders of a host say at one moment.
struct HostView {
  double time_s = 0;
  std::vector<HostProcess> processes;  // each process id once, worst first
  std::vector<RefusedRecord> refused;
  std::vector<DirectoryView> directories;
  std::array<uint64_t, std::size(kRecordFlaws) + 1> flaws_seen{};  // by RecordFlaw, since the start
};

// Looks at every recorder in some directories, also of those that are made or removed meanwhile, and open to all. Reads
// a file again only when it has changed. For one thread.
class HostRecords {
 public:
  static constexpr size_t kMaxFilesOfOwner = 256;  // so that no user crowds out another's
  static constexpr size_t kMaxNames = 20000;       // of a directory

  // No directories: those that RECORDER=auto may choose. `root` is where /proc and those are, "" for the real tree.
  explicit HostRecords(std::vector<std::string> directories, std::string root = "");

  HostView Look(double now_s);

 private:
  using FilesByPath = std::map<std::string, std::shared_ptr<const RecordFile>>;

  std::vector<std::string> Directories() const;
  DirectoryView LookIn(const std::string& path, FilesByPath* files);
  std::shared_ptr<const RecordFile> Read(int directory, const std::string& path, const std::string& name);
  void Judge(const std::string& path, std::shared_ptr<const RecordFile> file, HostView* view);
  void Refuse(const std::string& path, const RecordFile& file, RecordFlaw flaw, const std::string& complaint,
              HostView* view) const;
  void KeepOneOfEachPid(HostView* view) const;

  const std::vector<std::string> directories_;
  const std::string root_;
  FilesByPath files_;  // as last read
  decltype(HostView::flaws_seen) flaws_seen_{};
};

}  // namespace headroom

#endif  // HEADROOM_HOST_HOST_RECORDS_H_
