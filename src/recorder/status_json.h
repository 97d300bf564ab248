#ifndef HEADROOM_RECORDER_STATUS_JSON_H_
#define HEADROOM_RECORDER_STATUS_JSON_H_

#include <cstddef>

#include "alarm/text_buffer.h"
#include "recorder/status.h"

namespace headroom {

inline constexpr int kStatusFormat = 1;  // a renamed or removed field takes a new number
inline constexpr size_t kMaxRecordFrames = 24;

// The status as one JSON object. Lists that would not fit into `out` are cut at the end, and "<list>_left_out" beside
// each says by how many. `out` should take at least 128 KiB; below that it may overflow.
//   event "status", format, headroom_version, program, program_build_id or null, pid, start_time, time, time_s, tick,
//   interval_s, look_every_s, ticks_left_out, armed, armed_reason, process {rss_anon_bytes, rss_file_bytes, rss_shmem_bytes, swap_bytes,
//   vm_size_bytes, vm_data_bytes, mappings or null}, heap {live_bytes, live_samples, born_bytes, born_samples, sites},
//   health (as in the alarm event), asked_sample_bytes, budget {cpu_fraction, memory_bytes},
//   history [[time_s, used_bytes, live_bytes, limit_bytes or null]] oldest first, denser near the end,
//   limits [{name, unit "bytes" or "mappings", limit, used, available, shared}], sinks [{name, error, waiting, lost}],
//   alarms [alarm events], sites [{site, id, verdict or null, severity, growth_bytes_per_s, onset,
//   eta_s or null, survivors, oldest_s, live_bytes, live_samples, born_bytes, born_samples, frames}]
void WriteStatus(const Status& status, TextBuffer& out);

}  // namespace headroom

#endif  // HEADROOM_RECORDER_STATUS_JSON_H_
