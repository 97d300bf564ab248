#include "serve/recorded_heap.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "alarm/unique_fd.h"
#include "formats/reader.h"

namespace headroom {
namespace {

using Place = std::pair<std::string, uint64_t>;  // module and offset

// A file without a heap dump is nothing to complain of here.
class LastDump : public DumpSink {
 public:
  void Take(Dump dump) override { dump_ = std::move(dump); }
  void Complain(ReadError) override {}

  std::optional<Dump> dump_;
};

// The file that was believed, not another that has taken its name.
bool IsStill(const RecordFile& file, int fd) {
  struct stat now;
  return fstat(fd, &now) == 0 && S_ISREG(now.st_mode) && now.st_uid == file.owner &&
         now.st_dev == file.version.device && now.st_ino == file.version.inode &&
         static_cast<uint64_t>(now.st_size) <= kMaxRecordFileBytes;
}

std::optional<Dump> ReadHeap(const HostProcess& process) {
  const UniqueFd fd(open(process.path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (fd.get() < 0 || !IsStill(*process.file, fd.get())) return std::nullopt;
  LastDump found;
  ReadDumps("/proc/self/fd/" + std::to_string(fd.get()), found);
  return std::move(found.dump_);
}

Dump HeapOf(const Status& status) {
  Dump dump;
  dump.time_s = status.time_s;
  dump.sample_bytes = status.health.sample_bytes;
  dump.program = status.program;
  dump.partial = true;
  for (const SiteStatus& site : status.top_sites) {
    DumpSite& copy = dump.sites.emplace_back();
    copy.label = site.label;
    copy.live_bytes = site.live_bytes;
    copy.live_samples = site.live_samples;
    copy.born_bytes = site.born_bytes;
    copy.born_samples = site.born_samples;
    for (const Frame& frame : site.frames) {
      copy.stack.push_back(static_cast<uint32_t>(dump.frames.size()));
      dump.frames.push_back(frame);
    }
  }
  return dump;
}

void TakeNames(const Status& status, Dump& dump) {
  std::map<Place, const std::string*> names;
  for (const SiteStatus& site : status.top_sites) {
    for (const Frame& frame : site.frames) {
      if (!frame.function.empty()) names.emplace(Place(frame.module, frame.offset), &frame.function);
    }
  }
  for (Frame& frame : dump.frames) {
    const auto name = names.find(Place(frame.module, frame.offset));
    if (frame.function.empty() && name != names.end()) frame.function = *name->second;
  }
}

}  // namespace

Dump HeapOf(const HostProcess& process) {
  std::optional<Dump> dump = ReadHeap(process);
  if (!dump) return HeapOf(process.status());
  TakeNames(process.status(), *dump);
  return *std::move(dump);
}

}  // namespace headroom
