// Any bytes as a profile.proto, and what was read written and read again.
#include "formats/pprof_reader.h"

#include <optional>
#include <utility>

#include "formats/pprof_writer.h"
#include "tests/fuzz/fuzz_file.h"

namespace {

struct KeepingSink : headroom::CheckingSink {
  std::optional<headroom::Dump> kept;
  void Take(headroom::Dump dump) override {
    CheckingSink::Take(dump);
    kept = std::move(dump);
  }
};

KeepingSink Read(const std::string& path) {
  KeepingSink sink;
  headroom::Input input(path);
  headroom::ReadPprof(input, sink);
  return sink;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static headroom::FuzzFile file, copy;
  const KeepingSink read = Read(file.Set(data, size));
  if (!read.kept) return 0;
  const std::string written = headroom::WritePprof(*read.kept);
  const auto* bytes = reinterpret_cast<const uint8_t*>(written.data());
  if (!Read(copy.Set(bytes, written.size())).kept) std::abort();
  return 0;
}
