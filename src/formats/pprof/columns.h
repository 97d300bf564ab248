#ifndef HEADROOM_FORMATS_PPROF_COLUMNS_H_
#define HEADROOM_FORMATS_PPROF_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "formats/pprof/tables.h"

namespace headroom::pprof {

// Which of a sample's values say what. Go's names, tcmalloc's and those of converted legacy dumps mean the same, and
// within one series both a form with two columns and one with four occur.
struct Columns {
  size_t count = 0;  // of values in each sample
  size_t live_bytes = 0;
  std::optional<size_t> live_objects;
  std::optional<size_t> born_bytes;
  std::optional<size_t> born_objects;
};

// Throws FormatError, naming the columns found, when the profile is not one of live heap memory.
Columns FindColumns(const Tables& tables);

// Mean bytes between the samples that the values were estimated from; 0 = exact.
uint64_t SampleBytes(const Tables& tables);

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_COLUMNS_H_
