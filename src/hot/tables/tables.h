// Everything the hooks remember, in one place: the filter and the mapping table stand in zero-filled static memory, the rest in
// one mapping whose size is settled when sampling is armed.
#ifndef HEADROOM_HOT_TABLES_TABLES_H_
#define HEADROOM_HOT_TABLES_TABLES_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "hot/os/visibility.h"
#include "hot/tables/address_filter.h"
#include "hot/tables/live_table.h"
#include "hot/tables/mapping_table.h"
#include "hot/tables/site_table.h"

namespace headroom::hot {

// Why samples were lost since the start: every loss is counted once.
struct Losses {
  std::atomic<uint64_t> live_table_full;
  std::atomic<uint64_t> filter_full;
  std::atomic<uint64_t> mapping_table_full;
  std::atomic<uint64_t> unwind_failures;  // no loss of bytes: the stack's outer part is missing
};

struct TableSizes {
  size_t live_slots;
  uint32_t sites;
  // Shares of the agent's memory ceiling, so that filled tables, the filter and the agent's own values stay below it together.
  static TableSizes ForBudget(uint64_t memory_budget_bytes);
};

struct Tables {
  AddressFilter filter;
  MappingTable mappings;
  LiveTable live;
  SiteTable sites;
  Losses losses;
  // The agent's clock as the hooks see it: ages are differences of it. Relaxed: a tick more or less does not matter.
  std::atomic<uint32_t> tick;
  // Whether Arm has succeeded. Nothing waits for it: the hooks go by sample_interval_bytes, see sampler.h.
  std::atomic<bool> armed;
};

extern constinit Tables tables HEADROOM_HIDDEN;

// What the tables take of the process's memory, at most: all that was ever written.
size_t TouchedBytes();

// Maps the tables; false when there is no memory, and nothing has changed. Call once, before sampling is switched on.
bool Arm(TableSizes sizes);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_TABLES_H_
