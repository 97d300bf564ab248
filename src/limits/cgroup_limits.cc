#include "limits/cgroup_limits.h"

#include <algorithm>
#include <optional>

namespace headroom {
namespace {

constexpr std::string_view kV1Limits[] = {"memory.limit_in_bytes"};
constexpr std::string_view kV2Limits[] = {"memory.max", "memory.high"};

// What the files of one version are called.
struct Layout {
  std::string_view name_prefix;
  std::span<const std::string_view> limits;
  std::string_view usage;
  std::string_view inactive_file;  // in memory.stat, children included
};

constexpr Layout kV1{"cgroup1:", kV1Limits, "memory.usage_in_bytes", "total_inactive_file"};
constexpr Layout kV2{"cgroup2:", kV2Limits, "memory.current", "inactive_file"};

std::optional<uint64_t> ReadField(KernelFiles& files, std::string_view directory, std::string_view key) {
  Field field{key};
  files.Fields({directory, "memory.stat"}, FieldForm::kPlain, {&field, 1});
  return field.value;
}

std::optional<uint64_t> ReadWorkingSet(KernelFiles& files, const Layout& layout, std::string_view directory) {
  const auto usage = files.Amount({directory, layout.usage});
  if (!usage) return std::nullopt;
  const auto inactive = ReadField(files, directory, layout.inactive_file);
  if (!inactive) return std::nullopt;
  return *usage > *inactive ? *usage - *inactive : 0;
}

void AddLimit(KernelFiles& files, const Layout& layout, const CgroupDirectory& group, std::string_view what,
              uint64_t limit, bool shared, ReadingList* list) {
  const auto used = ReadWorkingSet(files, layout, group.directory);
  if (!used) return;
  LimitReading& reading = list->Add(limit, *used);
  reading.name.append(layout.name_prefix).append(group.path).append(" ").append(what);
  reading.shared = shared;
}

// Returns the least limit of the group, or kUnlimited.
uint64_t AddLimitsOf(KernelFiles& files, const Layout& layout, const CgroupDirectory& group, ReadingList* list) {
  uint64_t least = kUnlimited;
  for (const std::string_view file : layout.limits) {
    const uint64_t limit = files.Amount({group.directory, file}).value_or(kUnlimited);
    if (limit >= kNoLimitFrom) continue;
    AddLimit(files, layout, group, file, limit, !group.own, list);
    least = std::min(least, limit);
  }
  return least;
}

}  // namespace

void AddCgroupLimits(KernelFiles& files, CgroupVersion version, const std::vector<CgroupDirectory>& groups,
                     ReadingList* list) {
  const Layout& layout = version == CgroupVersion::kV1 ? kV1 : kV2;
  uint64_t least_in_sight = kNoLimitFrom;
  for (const CgroupDirectory& group : groups) {
    least_in_sight = std::min(least_in_sight, AddLimitsOf(files, layout, group, list));
  }
  if (version != CgroupVersion::kV1 || groups.empty()) return;
  constexpr std::string_view kHierarchicalLimit = "hierarchical_memory_limit";
  const auto least = ReadField(files, groups.front().directory, kHierarchicalLimit);
  if (least && *least < least_in_sight) {
    AddLimit(files, layout, groups.back(), kHierarchicalLimit, *least, true, list);
  }
}

}  // namespace headroom
