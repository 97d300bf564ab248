#ifndef HEADROOM_FORMATS_MASSIF_READER_H_
#define HEADROOM_FORMATS_MASSIF_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// The file of valgrind's massif. Its detailed snapshots are the dumps: only these name stacks, and only the larger
// ones.
bool LooksLikeMassif(std::string_view head);
void ReadMassif(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_MASSIF_READER_H_
