#ifndef HEADROOM_ALARM_HUMAN_H_
#define HEADROOM_ALARM_HUMAN_H_

#include "alarm/text_buffer.h"
#include "series/interval.h"

namespace headroom {

// Quantities as people read them, in three digits at most: "12.4 MiB", "3 h 20 min". No locale, no allocation.

void AppendBytes(double bytes, TextBuffer& out);
void AppendDuration(double seconds, TextBuffer& out);  // negative or not finite: "an unknown time"

// "12.4 MiB/h", in the unit of time that fits.
void AppendOneRate(double bytes_per_s, TextBuffer& out);

// "about 12.4 MiB/h (10.1 MiB/h to 15.0 MiB/h with 80 % confidence)": one unit of time for all three, chosen by size.
void AppendRate(const Interval& bytes_per_s, TextBuffer& out);

// "about 6 h 40 min (5 h 10 min to 9 h)"; an end that is not finite reads "or more".
void AppendTimeLeft(const Interval& seconds, TextBuffer& out);

// Unix time as "2024-05-01 14:02:03 UTC" and, to the millisecond, as "2024-05-01T14:02:03.250Z". Clamped to 1970 ..
// 9999.
void AppendUtc(double unix_s, TextBuffer& out);
void AppendRfc3339(double unix_s, TextBuffer& out);

}  // namespace headroom

#endif  // HEADROOM_ALARM_HUMAN_H_
