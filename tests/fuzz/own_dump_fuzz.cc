// Any bytes as headroom's own heap dump: as they are, and under a checksum that matches, so that the rest is reached.
#include "formats/own_dump_reader.h"

#include <string>

#include "dump/checksum.h"
#include "tests/fuzz/fuzz_file.h"

namespace {

void Read(const std::string& path) {
  headroom::CheckingSink sink;
  headroom::Input input(path);
  headroom::ReadOwnDump(input, sink);
}

// Its last six bytes become the field of the checksum.
std::string Sealed(const uint8_t* data, size_t size) {
  std::string dump(reinterpret_cast<const char*>(data), size < 6 ? 0 : size - 6);
  const uint32_t checksum = headroom::Checksum(dump);
  dump += "\xCD\x3E";
  return dump.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static headroom::FuzzFile file, sealed;
  Read(file.Set(data, size));
  const std::string whole = Sealed(data, size);
  Read(sealed.Set(reinterpret_cast<const uint8_t*>(whole.data()), whole.size()));
  return 0;
}
