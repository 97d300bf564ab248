#ifndef HEADROOM_FORMATS_OWN_DUMP_READER_H_
#define HEADROOM_FORMATS_OWN_DUMP_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// headroom's own heap dump, as its agent writes it (dump/dump_writer.h): checked as a whole before any of it is believed.
bool LooksLikeOwnDump(std::string_view head);
void ReadOwnDump(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_OWN_DUMP_READER_H_
