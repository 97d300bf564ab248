#include "agent/public_values.h"

#include <cstdint>
#include <vector>

#include "agent/alarm_callback.h"
#include "alarm/blame.h"
#include "hot/tables/label_table.h"

namespace headroom {

namespace {

void CopyStack(const std::vector<uint64_t>& stack, headroom_site* shown) {
  shown->depth = static_cast<uint32_t>(std::min<size_t>(stack.size(), HEADROOM_MAX_FRAMES));
  std::copy_n(stack.begin(), shown->depth, shown->frames);
}

}  // namespace

headroom_status PublicStatus(double growth_bytes_per_s, const Status& status) {
  headroom_status shown{};
  shown.armed = status.armed ? 1 : 0;
  shown.alarms = static_cast<int>(status.alarms.size());
  shown.tick = status.tick;
  shown.time_s = status.time_s;
  shown.live_bytes = status.live_bytes;
  shown.live_samples = status.live_samples;
  shown.sites = status.sites;
  shown.growth_bytes_per_s = growth_bytes_per_s;
  shown.sample_bytes = status.health.sample_bytes;
  shown.samples_dropped = status.health.samples_dropped;
  shown.sites_dropped = status.health.sites_dropped;
  shown.unwind_failures = status.health.unwind_failures;
  shown.labels_dropped = hot::labels.overflows();
  shown.alarms_dropped = alarm_callback.dropped();
  shown.suppressed = status.suppressed;
  shown.cpu_fraction = status.health.cpu_fraction;
  shown.agent_bytes = status.health.agent_bytes;
  return shown;
}

headroom_site PublicSite(const Watch::Site& site) {
  headroom_site shown{};
  shown.key = site.counts.site_key;
  shown.live_bytes = site.counts.live_bytes();
  shown.born_bytes = site.counts.born_bytes;
  shown.died_bytes = site.counts.died_bytes;
  shown.live_samples = site.counts.live_samples();
  shown.born_samples = site.counts.born_samples;
  shown.died_samples = site.counts.died_samples;
  shown.growth_bytes_per_s = PublicInterval(site.growth_bytes_per_s);
  shown.is_mapping = site.is_mapping ? 1 : 0;
  site.label.copy(shown.label, sizeof(shown.label) - 1);
  CopyStack(site.stack, &shown);
  if (!site.frames.empty()) {
    TextBuffer name(shown.function, sizeof(shown.function) - 1);
    AppendFrameName(site.frames[BlamedFrame(site.frames)], sizeof(shown.function) - 1, name);
  }
  return shown;
}

}  // namespace headroom
