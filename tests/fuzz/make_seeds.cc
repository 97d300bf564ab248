// Writes seeds that only headroom's own writers can make, each named by what it shows, into the directory that is
// given.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "formats/pprof/profile_writer.h"
#include "recorder/layout.h"
#include "recorder/writer.h"
#include "tests/dump/example_heap.h"
#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

void Write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes << std::flush;
  if (!file) std::exit(EXIT_FAILURE);
}

std::string Read(const std::filesystem::path& path) {
  std::stringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

std::string DumpOfALeak() {
  ExampleHeap heap;
  heap.AddLeak();
  return heap.Dump();
}

std::string DumpOfLabelledSites() {
  ExampleHeap heap;
  heap.AddCrowd(8, 3);
  heap.SetLabel(100, "tenant a");
  heap.SetLabel(101, "tenant b");
  return heap.Dump();
}

std::string DumpWithoutSites() { return ExampleHeap().Dump(); }

// The first slot, which the second record goes to.
std::string RecordInItsSlot(const std::filesystem::path& scratch) {
  Writer writer(scratch);
  if (!writer.Write(ExampleStatus()) || !writer.Write(ExampleStatus())) std::exit(EXIT_FAILURE);
  const std::string file = Read(scratch);
  std::filesystem::remove(scratch);
  return file.substr(0, file.find_last_not_of('\0', kSlotBytes - 1) + 1);
}

std::string ProfileWithInlinedCalls() {
  Dump dump;
  for (const char* function : {"leak", "inlined", "main"}) {
    dump.frames.push_back({function, "leak.cc", 7, "/bin/daemon", "c0ffee", 0x1100});
  }
  dump.frames.back().offset = 0x1200;
  DumpSite& site = dump.sites.emplace_back();
  site.stack = {0, 1, 2};
  site.live_bytes = 5000;
  site.label = "tenant a";
  return pprof::WriteProfile(dump);
}

}  // namespace
}  // namespace headroom

int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  const std::filesystem::path seeds = argv[1];
  headroom::Write(seeds / "own_dump_of_a_leak", headroom::DumpOfALeak());
  headroom::Write(seeds / "own_dump_of_labelled_sites", headroom::DumpOfLabelledSites());
  headroom::Write(seeds / "own_dump_without_sites", headroom::DumpWithoutSites());
  headroom::Write(seeds / "record_in_its_slot", headroom::RecordInItsSlot(seeds / "scratch"));
  headroom::Write(seeds / "profile_with_inlined_calls", headroom::ProfileWithInlinedCalls());
}
