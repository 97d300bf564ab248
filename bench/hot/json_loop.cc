#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "hot/sizes.h"
#include "hot/workloads.h"

namespace headroom::bench {
namespace {

using nlohmann::json;

// A hundred records, as a service sends them.
std::string Document() {
  json records = json::array();
  Random random(3);
  for (int i = 0; i < 100; ++i) {
    json counters = json::array();
    for (uint64_t k = random.Below(17); k-- > 0;) counters.push_back(random.Below(100'000));
    records.push_back({{"id", i},
                       {"name", "volume-" + std::to_string(random.Below(65'536)) + "-of-the-storage-service"},
                       {"counters", counters},
                       {"labels", {{"host", std::to_string(random.Below(13))}, {"rack", random.Below(5)}}}});
  }
  return records.dump();
}

}  // namespace

Loop Json(int) {
  return [document = Document()](uint64_t ops) {
    for (uint64_t i = 0; i < ops; ++i) {
      json records = json::parse(document);
      std::sort(records.begin(), records.end(), [](const json& a, const json& b) { return a["name"] < b["name"]; });
      if (records.dump().size() != document.size()) std::abort();
    }
  };
}

}  // namespace headroom::bench
