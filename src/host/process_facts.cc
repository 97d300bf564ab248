#include "host/process_facts.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace headroom {
namespace {

constexpr int kFieldsBetweenNameAndStart = 19;  // of /proc/PID/stat, see proc(5)

double UnixSeconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

double BootSeconds() {
  timespec since_boot{};
  clock_gettime(CLOCK_BOOTTIME, &since_boot);
  return UnixSeconds() - static_cast<double>(since_boot.tv_sec) - static_cast<double>(since_boot.tv_nsec) * 1e-9;
}

// A name may hold anything, a parenthesis and a newline too: the numbers stand behind the last parenthesis.
std::optional<double> StartOf(const std::string& directory) {
  std::ifstream file(directory + "/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const size_t name_end = text.rfind(')');
  if (name_end == text.npos) return std::nullopt;
  std::istringstream fields(text.substr(name_end + 1));
  std::string skipped;
  for (int i = 0; i < kFieldsBetweenNameAndStart; ++i) fields >> skipped;
  double ticks = 0;
  if (!(fields >> ticks)) return std::nullopt;
  return BootSeconds() + ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

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
  const std::string directory = root + "/proc/" + std::to_string(pid);
  const std::optional<double> start_s = StartOf(directory);
  if (!start_s) return std::nullopt;
  return ProcessFacts{*start_s, UsersOf(directory)};
}

}  // namespace headroom
