// Any bytes as a trace of heaptrack.
#include "formats/heaptrack_reader.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static headroom::FuzzFile file;
  headroom::CheckingSink sink;
  headroom::Input input(file.Set(data, size));
  headroom::ReadHeaptrack(input, sink);
  return 0;
}
