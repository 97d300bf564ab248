#ifndef HEADROOM_HOST_PROCESS_FACTS_H_
#define HEADROOM_HOST_PROCESS_FACTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

// A running process as /proc shows it.
struct ProcessFacts {
  double start_s = 0;           // Unix time
  std::vector<uint32_t> users;  // real, effective, saved, file system; empty = not readable
};

// Nothing where there is no such process. `root` is "" for the real tree. A process that ends meanwhile counts as gone.
std::optional<ProcessFacts> FactsOf(int64_t pid, const std::string& root = "");

}  // namespace headroom

#endif  // HEADROOM_HOST_PROCESS_FACTS_H_
