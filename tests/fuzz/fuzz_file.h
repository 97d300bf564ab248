#ifndef HEADROOM_TESTS_FUZZ_FUZZ_FILE_H_
#define HEADROOM_TESTS_FUZZ_FUZZ_FILE_H_

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "formats/reader.h"

namespace headroom {

// A file in memory whose content each run of a fuzz target sets anew.
class FuzzFile {
 public:
  FuzzFile() : fd_(memfd_create("fuzz", MFD_CLOEXEC)), path_("/proc/self/fd/" + std::to_string(fd_)) {}

  const std::string& Set(const uint8_t* data, size_t size) {
    if (ftruncate(fd_, 0) != 0 || pwrite(fd_, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
    return path_;
  }

 private:
  int fd_;
  std::string path_;
};

// Looks at every dump as its users do: a stack that points beyond the frames, or a complaint of two lines, is a
// mistake.
class CheckingSink : public DumpSink {
 public:
  void Take(Dump dump) override {
    for (const DumpSite& site : dump.sites) {
      for (const uint32_t frame : site.stack) {
        if (frame >= dump.frames.size()) std::abort();
      }
    }
  }
  void Complain(ReadError error) override {
    if (error.message.empty() || error.message.find('\n') != error.message.npos) std::abort();
  }
};

}  // namespace headroom

#endif  // HEADROOM_TESTS_FUZZ_FUZZ_FILE_H_
