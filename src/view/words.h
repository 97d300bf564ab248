#ifndef HEADROOM_VIEW_WORDS_H_
#define HEADROOM_VIEW_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alarm/event.h"
#include "recorder/status.h"
#include "view/viewing.h"

namespace headroom {

// What every view of a record says in the same words. All of it is printable, whatever the record holds.

std::string BytesWords(double bytes);               // "12.4 MiB"
std::string DurationWords(double seconds);          // "3 h 20 min"
std::string ShortDurationWords(double seconds);     // "3 h"
std::string PrintableWords(std::string_view text);  // cut where it is very long
std::string PercentWords(double fraction);          // "0.12 %" of 0.00123

std::string FrameWords(const Frame& frame);                 // a bare name, or module and offset
std::string BlamedWords(const std::vector<Frame>& frames);  // of the frame that people would call guilty

std::string LabelWords(const std::string& label);  // " for LABEL", or nothing

// "324 MiB", or a count of mappings.
std::string AmountWords(const LimitReading& limit, uint64_t amount);

// "4 s ago (tick 44012, one every 10 s)", and before it whether the process is gone or its agent silent.
std::string TickWords(const Status& status, const Viewing& viewing);

// ", one in 512 KiB", and whether that is less often than was asked for; empty where all are taken.
std::string SamplingWords(const Status& status);

}  // namespace headroom

#endif  // HEADROOM_VIEW_WORDS_H_
