#ifndef HEADROOM_TESTS_HOT_TABLES_SITE_TABLE_IN_MEMORY_H_
#define HEADROOM_TESTS_HOT_TABLES_SITE_TABLE_IN_MEMORY_H_

#include <algorithm>
#include <cstdint>

#include "hot/tables/site_table.h"
#include "tests/hot/zeroed_memory.h"

namespace headroom::hot {

class SiteTableInMemory {
 public:
  explicit SiteTableInMemory(uint32_t sites) : memory_(SiteTable::BytesFor(sites)) { table_.Attach(memory_.get(), sites); }
  SiteTable* operator->() { return &table_; }

 private:
  ZeroedMemory memory_;
  SiteTable table_{};
};

// A stack of its own for each number, though most of its frames are every stack's.
inline Stack StackNumber(uintptr_t number, uint32_t depth = 10) {
  Stack stack{};
  stack.depth = depth;
  for (uint32_t i = 0; i < depth; ++i) stack.frames[i] = 0x401000 + 16 * i;
  stack.frames[0] = 0x500000 + number;
  return stack;
}

inline bool HasStack(const Site& site, const Stack& stack) {
  return site.depth == stack.depth && std::equal(site.frames, site.frames + site.depth, stack.frames);
}

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_TABLES_SITE_TABLE_IN_MEMORY_H_
