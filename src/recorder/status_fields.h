#ifndef HEADROOM_RECORDER_STATUS_FIELDS_H_
#define HEADROOM_RECORDER_STATUS_FIELDS_H_

#include "alarm/event_fields.h"
#include "recorder/status.h"

namespace headroom {

template <ConstOrNot<ProcessMemory> Value, typename Visit>
void EachField(Value& memory, const Visit& visit) {
  visit("rss_anon_bytes", memory.rss_anon_bytes);
  visit("rss_file_bytes", memory.rss_file_bytes);
  visit("rss_shmem_bytes", memory.rss_shmem_bytes);
  visit("swap_bytes", memory.swap_bytes);
  visit("vm_size_bytes", memory.vm_size_bytes);
  visit("vm_data_bytes", memory.vm_data_bytes);
  visit.Known("mappings", memory.mappings);
}

template <ConstOrNot<SinkStatus> Value, typename Visit>
void EachField(Value& sink, const Visit& visit) {
  visit("name", sink.name);
  visit("error", sink.error);
  visit("waiting", sink.waiting);
  visit("lost", sink.lost);
}

// What can be counted and estimated of a call stack.
template <ConstOrNot<SiteStatus> Value, typename Visit>
void EachField(Value& site, const Visit& visit) {
  visit("growth_bytes_per_s", site.growth_bytes_per_s);
  visit("eta_s", site.eta_s);
  visit("survivors", site.survivors);
  visit("oldest_s", site.oldest_s);
  visit("live_bytes", site.live_bytes);
  visit("live_samples", site.live_samples);
  visit("born_bytes", site.born_bytes);
  visit("born_samples", site.born_samples);
}

// A status's "heap".
template <ConstOrNot<Status> Value, typename Visit>
void EachHeapField(Value& status, const Visit& visit) {
  visit("live_bytes", status.live_bytes);
  visit("live_samples", status.live_samples);
  visit("born_bytes", status.born_bytes);
  visit("born_samples", status.born_samples);
  visit("sites", status.sites);
}

}  // namespace headroom

#endif  // HEADROOM_RECORDER_STATUS_FIELDS_H_
