// Any bytes as an environment, an entry a line, as the agent reads it in somebody else's process: what the hooks take from it before
// anything may allocate is what the agent takes later, and each complaint is one line.
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "config/early_options.h"
#include "config/environment.h"
#include "config/options.h"

namespace {

std::vector<std::string> Lines(const uint8_t* data, size_t size) {
  std::vector<std::string> lines;
  std::istringstream text(std::string(reinterpret_cast<const char*>(data), size));
  for (std::string line; std::getline(text, line);) lines.push_back(line.substr(0, line.find('\0')));
  return lines;
}

void Check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::vector<std::string> lines = Lines(data, size);
  std::vector<const char*> environment;
  for (const std::string& line : lines) environment.push_back(line.c_str());
  environment.push_back(nullptr);
  headroom::EnvironmentCopy copy;
  copy.Fill(environment.data());
  const headroom::EarlyOptions early = headroom::ReadEarlyOptions(copy);
  const headroom::ParsedOptions parsed = headroom::ParseOptions(copy);
  for (const std::string& complaint : parsed.complaints) Check(!complaint.empty() && complaint.find('\n') == complaint.npos);
  if (copy.entries_lost() > 0) return 0;
  Check(early.enable == parsed.options.enable);
  Check(early.sample_bytes == parsed.options.sample_bytes);
  Check(early.cpu_budget == parsed.options.cpu_budget);
  Check(early.memory_budget_bytes == parsed.options.memory_budget_bytes);
  return 0;
}
