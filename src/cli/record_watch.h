#ifndef HEADROOM_CLI_RECORD_WATCH_H_
#define HEADROOM_CLI_RECORD_WATCH_H_

#include <cstdint>
#include <string>

#include "debuginfo/name_dump.h"
#include "recorder/status.h"
#include "view/viewing.h"

namespace headroom {

// Follows one record. What was read once stays, also when the process ends and takes its record with it. One thread.
class RecordWatch {
 public:
  // As a command takes it: a process id or a file.
  explicit RecordWatch(std::string argument);

  // Reads the newest record. Afterwards status() and viewing() hold, unless problem() says why there is none yet.
  void Look();

  // Names every frame of this site with file and line, and the calls inlined there, as far as debug information tells.
  void OpenSite(uint64_t site_key) { open_site_ = site_key; }

  const Status& status() const { return status_; }
  const Viewing& viewing() const { return viewing_; }
  const std::string& problem() const { return problem_; }
  bool has_status() const { return sequence_ > 0; }

 private:
  void Read();
  void Fail(const std::string& message);
  void LookForProcess(bool is_known_to_be_gone);
  void NameFrames();

  const std::string argument_;
  uint64_t sequence_ = 0;  // of the record that was read last; 0 = none yet
  Status status_;
  Viewing viewing_;
  std::string problem_;
  bool was_seen_alive_ = false;
  uint64_t open_site_ = 0;
  FrameNamer namer_;
};

}  // namespace headroom

#endif  // HEADROOM_CLI_RECORD_WATCH_H_
