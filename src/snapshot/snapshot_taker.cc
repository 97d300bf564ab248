#include "snapshot/snapshot_taker.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "hot/sampler/sampler.h"
#include "hot/tables/label_table.h"
#include "hot/tables/tables.h"

namespace headroom {

namespace {

constexpr uint32_t kNoPosition = 0xFFFFFFFFu;

size_t AgeClass(uint64_t age_ticks) {
  return std::min<size_t>(static_cast<size_t>(std::bit_width(age_ticks)), kAgeClasses - 1);
}

constexpr auto kEqualKeyIsEnough = [](uint32_t) { return true; };

// Adds one table entry to the snapshot's site; the bytes that live there.
double Add(const hot::Site& entry, SiteSnapshot* site) {
  site->has_ages = true;
  // Deaths before births: what dies between the two reads was born before, so live is never negative. Acquire: partner of
  // the releases in SiteTable::CountDeath.
  site->died_samples += entry.died_samples.load(std::memory_order_acquire);
  const auto died_bytes = static_cast<double>(entry.died_bytes.load(std::memory_order_acquire));
  for (size_t i = 0; i < kAgeClasses; ++i) {
    site->died_samples_by_age[i] += entry.died_samples_by_age[i].load(std::memory_order_relaxed);
  }
  site->born_samples += entry.born_samples.load(std::memory_order_relaxed);
  const auto born_bytes = static_cast<double>(entry.born_bytes.load(std::memory_order_relaxed));
  site->died_bytes += died_bytes;
  site->born_bytes += born_bytes;
  return born_bytes - died_bytes;
}

}  // namespace

void SnapshotTaker::MoveClock(uint64_t tick) {
  hot::tables.tick.store(static_cast<uint32_t>(tick), std::memory_order_relaxed);
}

void SnapshotTaker::Take(uint64_t tick, double time_s, Snapshot* snapshot) {
  MoveClock(tick);
  snapshot->tick = tick;
  snapshot->time_s = time_s;
  snapshot->sample_bytes = hot::sample_interval_bytes.load(std::memory_order_relaxed);
  snapshot->partial = false;
  ReadSites(snapshot);
  ReadLiveSamples(snapshot);
}

void SnapshotTaker::ReadSites(Snapshot* snapshot) {
  const hot::SiteTable& table = hot::tables.sites;
  MakeRoom(snapshot);
  snapshot->sites.clear();
  entry_at_position_.clear();
  positions_.Clear();
  live_bytes_ = 0;
  const uint32_t end = table.high_water();  // asked once: it grows while we read
  position_of_entry_.assign(end, kNoPosition);
  activity_.resize(end);
  for (uint32_t i = 0; i < end; ++i) {
    const hot::Site& entry = table.site(i);
    NoteActivity(entry, snapshot->tick, &activity_[i]);
    const uint64_t key = entry.hash.load(std::memory_order_acquire);  // partner: the release in SiteTable::Make
    if (key < kNamelessSite || entry.born_samples.load(std::memory_order_relaxed) == 0) continue;
    live_bytes_ += Add(entry, &PlaceEntry(i, key, snapshot));
  }
}

// In few steps: every size that was outgrown stays behind in the agent's heap.
void SnapshotTaker::MakeRoom(Snapshot* snapshot) {
  const hot::SiteTable& table = hot::tables.sites;
  if (snapshot->sites.capacity() > table.used()) return;
  const size_t room = std::min<size_t>(4 * size_t{table.used()} + 64, table.capacity());
  snapshot->sites.reserve(room);
  for (std::vector<uint32_t>* list : {&position_of_entry_, &entry_at_position_, &oldest_ticks_}) list->reserve(room);
}

// Two entries of one stack are possible when two threads met it at once.
SiteSnapshot& SnapshotTaker::PlaceEntry(uint32_t index, uint64_t key, Snapshot* snapshot) {
  const auto [position, is_new] = positions_.FindOrAdd(key, kEqualKeyIsEnough);
  position_of_entry_[index] = position;
  if (!is_new) return snapshot->sites[position];
  entry_at_position_.push_back(index);
  SiteSnapshot& site = snapshot->sites.emplace_back();
  site.site_key = key;
  return site;
}

void SnapshotTaker::ReadLiveSamples(Snapshot* snapshot) {
  live_samples_ = 0;
  oldest_ticks_.assign(snapshot->sites.size(), 0);
  hot::tables.live.Visit([&](uintptr_t, const hot::Sample& sample) {
    ++live_samples_;
    const uint32_t position = sample.site < position_of_entry_.size() ? position_of_entry_[sample.site] : kNoPosition;
    if (position == kNoPosition) return;
    const uint32_t age_ticks = static_cast<uint32_t>(snapshot->tick) - sample.birth_tick;
    LiveSamples& live = snapshot->sites[position].live_by_age[AgeClass(age_ticks)];
    live.samples += 1;
    live.bytes += static_cast<double>(sample.weight_bytes);
    oldest_ticks_[position] = std::max(oldest_ticks_[position], age_ticks);
  });
  for (size_t i = 0; i < oldest_ticks_.size(); ++i) snapshot->sites[i].oldest_ticks = oldest_ticks_[i];
}

// A site that was retired since may belong to another stack by now.
const hot::Site* SnapshotTaker::Find(uint64_t site_key) const {
  const std::optional<uint32_t> position = positions_.Find(site_key, kEqualKeyIsEnough);
  if (!position) return nullptr;
  const hot::Site& site = hot::tables.sites.site(entry_at_position_[*position]);
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

void SnapshotTaker::NoteActivity(const hot::Site& entry, uint64_t tick, Activity* activity) {
  const uint64_t born_samples = entry.born_samples.load(std::memory_order_relaxed);
  const bool holds_something = entry.pins.load(std::memory_order_relaxed) != 0;
  if (holds_something || born_samples != activity->born_samples) *activity = {born_samples, tick};
}

void SnapshotTaker::RetireIdleSites(uint64_t tick, uint64_t idle_ticks) {
  hot::SiteTable& table = hot::tables.sites;
  if (table.used() <= table.capacity() / 2) return;
  for (uint32_t index = 0; index < activity_.size(); ++index) {
    if (tick - activity_[index].tick < idle_ticks) continue;
    const uint64_t born_samples = table.site(index).born_samples.load(std::memory_order_relaxed);
    const uint64_t born_bytes = table.site(index).born_bytes.load(std::memory_order_relaxed);
    if (born_samples != activity_[index].born_samples || !table.Retire(index)) continue;
    activity_[index] = {};
    retired_born_samples_ += born_samples;
    retired_born_bytes_ += static_cast<double>(born_bytes);
  }
}

}  // namespace headroom
