#ifndef HEADROOM_FORMATS_READER_H_
#define HEADROOM_FORMATS_READER_H_

#include <string>
#include <string_view>

#include "formats/dump.h"
#include "formats/input.h"

namespace headroom {

// Takes what a reader finds, in the order of the input.
class DumpSink {
 public:
  virtual ~DumpSink() = default;

  virtual void Take(Dump dump) = 0;

  // A part of the input was left out, or the rest of it: why, in one line. What has been taken stays good.
  virtual void Complain(ReadError error) = 0;
};

// One format of heap dumps. A reader hands over one dump at a time, so that a file that holds a whole series is read in
// bounded memory; counts and lengths in the input are never trusted with memory. It tells what is wrong with the
// content; the caller tells Input::error() afterwards.
struct Format {
  std::string_view name;                      // as people call it
  bool (*recognizes)(std::string_view head);  // Input::head()
  void (*read)(Input& input, DumpSink& sink);
};

// The format of the content, whatever the file's name; null where none is known.
const Format* Sniff(std::string_view head);

// Sniffs and reads one file. Every trouble goes to `sink`, also that the file cannot be opened, is empty, or is of no
// known format. Null where nothing was read.
const Format* ReadDumps(const std::string& path, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_READER_H_
