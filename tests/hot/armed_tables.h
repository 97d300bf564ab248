#ifndef HEADROOM_TESTS_HOT_ARMED_TABLES_H_
#define HEADROOM_TESTS_HOT_ARMED_TABLES_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

#include "hot/stack/stack_walk.h"
#include "hot/tables/tables.h"
#include "tests/hot/scoped_sampling.h"

namespace headroom::hot {

// The process's tables as a process finds them: all zero, then armed, with sampling on; zero again for the next test.
class ArmedTables : public testing::Test {
 protected:
  explicit ArmedTables(TableSizes sizes = {1024, 256}) {
    Forget();
    EXPECT_TRUE(Arm(sizes));
  }
  ~ArmedTables() override { Forget(); }

  // A caller in no code at all, so that the stack is this one address: a site of its own for each number.
  static WalkPoint Caller(uintptr_t number) { return {0x1000 + number, 16, 0}; }

 private:
  static void Forget() {
    std::memset(static_cast<void*>(&tables), 0, sizeof(tables));
    AttachRuleCache(nullptr);
  }

  ScopedSampling sampling_{1};
};

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_ARMED_TABLES_H_
