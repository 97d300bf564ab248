#include "snapshot/snapshot_taker.h"

#include <algorithm>
#include <bit>

#include "hot/sampler/sampler.h"
#include "hot/tables/label_table.h"
#include "hot/tables/tables.h"

namespace headroom {

namespace {

constexpr uint32_t kNoPosition = 0xFFFFFFFFu;

size_t AgeClass(uint64_t age_ticks) {
  return std::min<size_t>(static_cast<size_t>(std::bit_width(age_ticks)), kAgeClasses - 1);
}

// Adds one table entry to the snapshot's site: two entries of one stack are possible when two threads met it at once.
void Add(const hot::Site& entry, SiteSnapshot* site) {
  site->has_ages = true;
  // Deaths before births: what dies between the two reads was born before, so live is never negative. Acquire: partner of
  // the releases in SiteTable::CountDeath.
  site->died_samples += entry.died_samples.load(std::memory_order_acquire);
  site->died_bytes += static_cast<double>(entry.died_bytes.load(std::memory_order_acquire));
  for (size_t i = 0; i < kAgeClasses; ++i) {
    site->died_samples_by_age[i] += entry.died_samples_by_age[i].load(std::memory_order_relaxed);
  }
  site->born_samples += entry.born_samples.load(std::memory_order_relaxed);
  site->born_bytes += static_cast<double>(entry.born_bytes.load(std::memory_order_relaxed));
}

}  // namespace

void SnapshotTaker::Take(uint64_t tick, double time_s, Snapshot* snapshot) {
  hot::tables.tick.store(static_cast<uint32_t>(tick), std::memory_order_relaxed);
  snapshot->tick = tick;
  snapshot->time_s = time_s;
  snapshot->sample_bytes = hot::sample_interval_bytes.load(std::memory_order_relaxed);
  snapshot->partial = false;
  ReadSites(snapshot);
  ReadLiveSamples(snapshot);
}

void SnapshotTaker::ReadSites(Snapshot* snapshot) {
  const hot::SiteTable& table = hot::tables.sites;
  snapshot->sites.clear();
  // In few steps: every size that was outgrown stays behind in the agent's heap.
  if (snapshot->sites.capacity() <= table.used()) {
    snapshot->sites.reserve(std::min<size_t>(4 * size_t{table.used()} + 64, table.capacity()));
  }
  index_of_key_.clear();
  const uint32_t end = table.high_water();  // asked once: it grows while we read
  position_of_site_.assign(end, kNoPosition);
  memory_of_site_.resize(end);
  for (uint32_t i = 0; i < end; ++i) {
    const hot::Site& entry = table.site(i);
    const uint64_t key = entry.hash.load(std::memory_order_acquire);  // partner: the release in SiteTable::Make
    if (key < kNamelessSite || entry.born_samples.load(std::memory_order_relaxed) == 0) continue;
    const auto [found, is_new] = index_of_key_.try_emplace(key, i);
    if (is_new) {
      position_of_site_[i] = static_cast<uint32_t>(snapshot->sites.size());
      snapshot->sites.emplace_back().site_key = key;
    } else {
      position_of_site_[i] = position_of_site_[found->second];
    }
    Add(entry, &snapshot->sites[position_of_site_[i]]);
  }
}

void SnapshotTaker::ReadLiveSamples(Snapshot* snapshot) {
  struct Context {
    Snapshot* snapshot;
    const std::vector<uint32_t>& position_of_site;
    uint64_t count;
  } context{snapshot, position_of_site_, 0};
  hot::tables.live.Visit(
      [](void* opaque, uintptr_t, const hot::Sample& sample) {
        Context& context = *static_cast<Context*>(opaque);
        ++context.count;
        const uint32_t position =
            sample.site < context.position_of_site.size() ? context.position_of_site[sample.site] : kNoPosition;
        if (position == kNoPosition) return;
        SiteSnapshot& site = context.snapshot->sites[position];
        const uint64_t age_ticks = static_cast<uint32_t>(context.snapshot->tick) - sample.birth_tick;
        site.live_samples_by_age[AgeClass(age_ticks)] += 1;
        site.live_bytes_by_age[AgeClass(age_ticks)] += static_cast<double>(sample.weight_bytes);
        site.oldest_ticks = std::max(site.oldest_ticks, age_ticks);
      },
      &context);
  live_samples_ = context.count;
}

// A site that was retired since may belong to another stack by now.
const hot::Site* SnapshotTaker::Find(uint64_t site_key) const {
  const auto found = index_of_key_.find(site_key);
  if (found == index_of_key_.end()) return nullptr;
  const hot::Site& site = hot::tables.sites.site(found->second);
  return site.hash.load(std::memory_order_acquire) == site_key ? &site : nullptr;  // partner: SiteTable::Make
}

std::vector<uint64_t> SnapshotTaker::StackOf(uint64_t site_key) const {
  const hot::Site* site = Find(site_key);
  if (site == nullptr) return {};
  return {site->frames, site->frames + site->depth};
}

bool SnapshotTaker::IsMapping(uint64_t site_key) const {
  const hot::Site* site = Find(site_key);
  return site != nullptr && site->kind == hot::SiteKind::kMapping;
}

std::string_view SnapshotTaker::LabelOf(uint64_t site_key) const {
  const hot::Site* site = Find(site_key);
  return site != nullptr ? hot::labels.NameOf(site->label) : "";
}

TableState SnapshotTaker::State() const {
  const hot::Losses& losses = hot::tables.losses;
  TableState state;
  state.samples_dropped = losses.live_table_full.load(std::memory_order_relaxed) +
                          losses.filter_full.load(std::memory_order_relaxed) +
                          losses.mapping_table_full.load(std::memory_order_relaxed);
  state.sites_dropped = hot::tables.sites.overflows();
  state.unwind_failures = losses.unwind_failures.load(std::memory_order_relaxed);
  state.live_samples = live_samples_;
  state.live_capacity = hot::tables.live.slots();
  state.sites = hot::tables.sites.used();
  state.site_capacity = hot::tables.sites.capacity();
  state.retired_born_samples = retired_born_samples_;
  state.retired_born_bytes = retired_born_bytes_;
  return state;
}

void SnapshotTaker::RetireIdleSites(uint64_t tick, uint64_t idle_ticks) {
  hot::SiteTable& table = hot::tables.sites;
  const bool crowded = table.used() > table.capacity() / 2;
  for (uint32_t index = 0; index < memory_of_site_.size(); ++index) {
    const uint64_t born = table.site(index).born_samples.load(std::memory_order_relaxed);
    const uint64_t born_bytes = table.site(index).born_bytes.load(std::memory_order_relaxed);
    SiteMemory& memory = memory_of_site_[index];
    const bool holds_something = table.site(index).pins.load(std::memory_order_relaxed) != 0;
    if (holds_something || born != memory.born_samples) {
      memory = {born, tick};
    } else if (crowded && tick - memory.changed_tick >= idle_ticks && table.Retire(index)) {
      memory = {};
      retired_born_samples_ += born;
      retired_born_bytes_ += static_cast<double>(born_bytes);
    }
  }
}

}  // namespace headroom
