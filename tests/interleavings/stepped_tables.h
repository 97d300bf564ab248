// The hot tables' own sources with every atomic replaced by one whose accesses are steps of a schedule. For the one file of a
// program that does not link the tables themselves.
#ifndef HEADROOM_TESTS_INTERLEAVINGS_STEPPED_TABLES_H_
#define HEADROOM_TESTS_INTERLEAVINGS_STEPPED_TABLES_H_

// All that the sources include, before its names change their meaning.
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "tests/interleavings/stepped_atomic.h"

#define atomic SteppedAtomic
#include "hot/tables/bucket_index.cc"
#define HashOf AddressHashOf  // both tables have one
#include "hot/tables/live_table.cc"
#undef HashOf
#include "hot/tables/site_table.cc"
#undef atomic

#endif  // HEADROOM_TESTS_INTERLEAVINGS_STEPPED_TABLES_H_
