#ifndef HEADROOM_CLI_DUMP_SOURCE_H_
#define HEADROOM_CLI_DUMP_SOURCE_H_

#include <functional>
#include <optional>
#include <string>

#include "debuginfo/name_dump.h"
#include "formats/dump.h"

namespace headroom {

// Of those that were not named though they are here, a line for each: why, and what to do.
void TellDistrusted(const FrameNamer& namer);

// The dumps of files of any format, ready to be shown: without the allocator's frames, named as far as their modules
// are here, at the time of their file where they tell none. Every trouble of a file is printed at once.
class DumpSource {
 public:
  // Each dump in the order of the file.
  void ForEach(const std::string& path, const std::function<void(Dump)>& take);

  // Of a file with several the last, which alone is named; empty when there is none.
  std::optional<Dump> Last(const std::string& path);

  const FrameNamer& namer() const { return namer_; }

  // False once something was wrong with a file.
  bool is_sound() const { return is_sound_; }

 private:
  void Prepare(const std::string& path, Dump* dump);

  FrameNamer namer_;
  bool is_sound_ = true;
};

}  // namespace headroom

#endif  // HEADROOM_CLI_DUMP_SOURCE_H_
