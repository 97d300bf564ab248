#include "limits/cgroup_membership.h"

#include <optional>

#include "limits/word_list.h"

namespace headroom {
namespace {

// "4:memory,hugetlb:/a/b" or "0::/a/b"; the path may hold colons of its own.
struct HierarchyLine {
  std::string_view id;
  std::string_view controllers;
  std::string_view path;
};

std::optional<HierarchyLine> ParseHierarchyLine(std::string_view line) {
  const size_t first = line.find(':');
  const size_t second = line.find(":/", first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  return HierarchyLine{line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)};
}

}  // namespace

void ReadCgroupMembership(const KernelFiles& files, std::string_view process_directory, CgroupMembership* membership) {
  membership->version = CgroupVersion::kNone;
  membership->path.clear();
  LineReader lines = files.Open({process_directory, "cgroup"});
  while (const auto line = lines.Next()) {
    const auto hierarchy = ParseHierarchyLine(*line);
    if (!hierarchy) continue;
    const bool is_v1_memory = ListHasWord(hierarchy->controllers, "memory");
    const bool is_v2 = hierarchy->id == "0" && hierarchy->controllers.empty();
    if (!is_v1_memory && !is_v2) continue;
    membership->version = is_v1_memory ? CgroupVersion::kV1 : CgroupVersion::kV2;
    membership->path = hierarchy->path;
    if (is_v1_memory) return;
  }
}

}  // namespace headroom
