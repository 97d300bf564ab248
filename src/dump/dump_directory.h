#ifndef HEADROOM_DUMP_DUMP_DIRECTORY_H_
#define HEADROOM_DUMP_DUMP_DIRECTORY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dump/dump_series.h"
#include "dump/heap_view.h"

namespace headroom {

// Where a process keeps its series of heap dumps: DIR/PROGRAM.PID.NUMBER.pb, written with mode 0600 under a hidden name
// and renamed when whole, so that a reader finds whole dumps only. Nothing is followed that is a symbolic link, no
// descriptor is kept. What dead processes of the program left there counts as part of the series, so that a program that
// is started again and again does not fill the disk; processes that share a directory must share their numbers too. For
// one thread.
class DumpDirectory {
 public:
  static constexpr size_t kMaxDumpBytes = size_t{4} << 20;

  // Makes the directory where it is missing, not its parents.
  DumpDirectory(std::string directory, std::string_view program, int64_t pid);

  // False where no dump could be written; last_error() says why, in one clause that names the path; empty after a
  // success. Then removes what is too much.
  bool Write(const HeapView& heap);

  std::string_view last_error() const { return error_; }

 private:
  void Adopt();
  void AdoptFile(int directory_fd, std::string_view name);
  bool WriteFile(const std::string& path, const HeapView& heap, size_t* bytes);
  bool Fail(const std::string& path, int error);

  const std::string directory_;
  const std::string program_;  // fit for the name of a file
  const int64_t pid_;
  uint64_t number_ = 0;  // of the last dump
  bool has_adopted_ = false;
  DumpSeries series_;
  std::string error_;
};

}  // namespace headroom

#endif  // HEADROOM_DUMP_DUMP_DIRECTORY_H_
