#include "host/process_facts.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "recorder/process_start.h"

namespace headroom {
namespace {

std::vector<uint32_t> UsersOf(const std::string& directory) {
  std::ifstream status(directory + "/status");
  std::string line;
  while (std::getline(status, line) && !line.starts_with("Uid:")) {
  }
  std::istringstream numbers(line.substr(std::min<size_t>(line.size(), 4)));
  return {std::istream_iterator<uint32_t>(numbers), {}};
}

}  // namespace

std::optional<ProcessFacts> FactsOf(int64_t pid, const std::string& root) {
  const std::optional<double> start_s = ProcessStart(pid, root);
  if (!start_s) return std::nullopt;
  return ProcessFacts{*start_s, UsersOf(root + "/proc/" + std::to_string(pid))};
}

}  // namespace headroom
