// Any bytes as a file of dumps whose format is sniffed, as the tool reads it.
#include "formats/reader.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static headroom::FuzzFile file;
  headroom::CheckingSink sink;
  headroom::ReadDumps(file.Set(data, size), sink);
  return 0;
}
