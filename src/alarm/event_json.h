#ifndef HEADROOM_ALARM_EVENT_JSON_H_
#define HEADROOM_ALARM_EVENT_JSON_H_

#include <cstddef>
#include <vector>

#include "alarm/code.h"
#include "alarm/event.h"
#include "alarm/json_writer.h"

namespace headroom {

inline constexpr size_t kMaxEventFrames = 64;

// Room enough for any event with kMaxEventFrames frames, its newline included.
inline constexpr size_t kMaxEventJsonBytes = 80 * 1024;

// The alarm event as one JSON object, without a newline. Frames beyond `max_frames` (the outermost) are left out.
void WriteEvent(const AlarmEvent& event, JsonWriter& json, size_t max_frames = kMaxEventFrames);

// Its parts, for documents that hold the same things.
void WriteCode(Code code, JsonWriter& json);  // the member "code"
void WriteFrames(const std::vector<Frame>& frames, JsonWriter& json, size_t max_frames);

}  // namespace headroom

#endif  // HEADROOM_ALARM_EVENT_JSON_H_
