#ifndef HEADROOM_FORMATS_FLIGHT_RECORDER_READER_H_
#define HEADROOM_FORMATS_FLIGHT_RECORDER_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// A flight recorder (recorder/layout.h): the newest whole heap dump in it. What else it holds is not of dumps.
bool LooksLikeFlightRecorder(std::string_view head);
void ReadFlightRecorder(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_FLIGHT_RECORDER_READER_H_
