#include "cli/dump_source.h"

#include <sys/stat.h>

#include <utility>

#include "cli/command.h"
#include "formats/reader.h"
#include "formats/without_allocator.h"

namespace headroom {
namespace {

class CallingSink : public DumpSink {
 public:
  explicit CallingSink(const std::function<void(Dump)>& take) : take_(take) {}

  void Take(Dump dump) override { take_(std::move(dump)); }
  void Complain(ReadError error) override {
    PrintMessage(error.message);
    is_sound_ = false;
  }
  bool is_sound() const { return is_sound_; }

 private:
  const std::function<void(Dump)>& take_;
  bool is_sound_ = true;
};

std::optional<double> ModificationTime(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) * 1e-9;
}

}  // namespace

void TellDistrusted(const FrameNamer& namer) {
  for (const std::string& module : namer.distrusted()) {
    PrintMessage(
        module +
        " is newer than the dumps, which name no build: its functions stay unnamed (if it is the same, give it" +
        " an older time with touch -d)");
  }
}

void DumpSource::ForEach(const std::string& path, const std::function<void(Dump)>& take) {
  const std::function<void(Dump)> prepare_and_take = [&](Dump dump) {
    Prepare(path, &dump);
    take(std::move(dump));
  };
  CallingSink sink(prepare_and_take);
  ReadDumps(path, sink);
  is_sound_ &= sink.is_sound();
}

std::optional<Dump> DumpSource::Last(const std::string& path) {
  std::optional<Dump> last;
  const std::function<void(Dump)> keep = [&last](Dump dump) { last = std::move(dump); };
  CallingSink sink(keep);
  ReadDumps(path, sink);
  is_sound_ &= sink.is_sound();
  if (last) Prepare(path, &*last);
  return last;
}

void DumpSource::Prepare(const std::string& path, Dump* dump) {
  if (!dump->time_s && !dump->elapsed_s) dump->time_s = ModificationTime(path);
  namer_.Name(dump);
  DropAllocatorFrames(dump);
}

}  // namespace headroom
