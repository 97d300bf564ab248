#ifndef HEADROOM_RECORDER_WRITER_H_
#define HEADROOM_RECORDER_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "alarm/text_buffer.h"
#include "dump/heap_view.h"
#include "recorder/status.h"

namespace headroom {

// Rewrites the recorder file each tick, so that a reader finds one whole record at any moment, also after the process
// died in the middle of a write. The file is opened for each record and kept by nobody in between: a daemon may close
// what it does not know. Made with mode 0600; refused where it is a symbolic link, no regular file, has several names
// or belongs to somebody else, since the default directories may be open to all. Bounded by kMaxRecorderBytes. For
// one thread and one process: a forked child takes a writer with a path of its own.
class Writer {
 public:
  explicit Writer(std::string path);

  // False where the record could not be written; the one before is then still readable. last_error() says why, in
  // one clause that names the path; empty after a success.
  bool Write(const Status& status);

  // The heap dump beside the record, once there is one: the same promises hold. Costs most of what the agent does, so it
  // is for the caller to say how often.
  bool WriteDump(const HeapView& heap);

  const std::string& path() const { return path_; }
  std::string_view last_error() const { return error_; }

 private:
  template <typename WriteInto>
  bool WriteFile(WriteInto write_into);
  bool WriteSlot(int fd);
  bool WriteDumpSlot(int fd, const HeapView& heap);
  bool Fail(std::string_view reason);

  const std::string path_;
  std::unique_ptr<char[]> slot_;  // header and record as they go to the file
  TextBuffer record_;
  uint64_t sequence_ = 0;  // of the last record written
  uint64_t dump_sequence_ = 0;
  std::string error_;
};

}  // namespace headroom

#endif  // HEADROOM_RECORDER_WRITER_H_
