// Any bytes as a flight recorder's file, and as the record in it, as the tool reads them.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "host/status_parser.h"
#include "recorder/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const headroom::Record record = headroom::FindRecord(bytes);
  if (record.error.empty() == record.json.empty() || record.error.find('\n') != record.error.npos) std::abort();
  const headroom::ParsedStatus parsed = headroom::ParseStatus(std::string(bytes));
  if (parsed.error.find('\n') != parsed.error.npos) std::abort();
  return 0;
}
