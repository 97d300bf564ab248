#include "hot/tables/tables.h"

#include <algorithm>
#include <bit>

#include "hot/os/os.h"
#include "hot/stack/stack_walk.h"

namespace headroom::hot {

constinit Tables tables{};

size_t TouchedBytes() {
  return tables.filter.touched_bytes() + tables.live.touched_bytes() + tables.sites.touched_bytes() + RuleCacheBytes();
}

TableSizes TableSizes::ForBudget(uint64_t memory_budget_bytes) {
  constexpr uint64_t kBudgetPerSite = 4096, kBudgetPerLiveSample = 256;
  constexpr uint64_t kMostLiveSamples = uint64_t{1} << 23;  // an index entry has 24 bits for a position
  return {std::bit_floor(std::min(memory_budget_bytes / kBudgetPerLiveSample, kMostLiveSamples)),
          static_cast<uint32_t>(std::bit_floor(memory_budget_bytes / kBudgetPerSite))};
}

bool Arm(TableSizes sizes) {
  const size_t live_bytes = LiveTable::BytesFor(sizes.live_slots);
  const size_t bytes = live_bytes + RuleCacheBytes() + SiteTable::BytesFor(sizes.sites);
  char* memory = static_cast<char*>(MapZeroed(bytes));
  if (memory == nullptr) return false;
  AvoidHugePages(&tables, sizeof(tables));
  tables.live.Attach(memory, sizes.live_slots);
  AttachRuleCache(memory + live_bytes);
  tables.sites.Attach(memory + live_bytes + RuleCacheBytes(), sizes.sites);
  tables.armed.store(true, std::memory_order_relaxed);
  return true;
}

}  // namespace headroom::hot
