#include "formats/pprof/own_dump.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <protozero/pbf_builder.hpp>
#include <string>
#include <utility>

#include "dump/checksum.h"
#include "formats/pprof/fields.h"
#include "series/snapshot.h"
#include "symbols/fnv_hash.h"

namespace headroom::pprof {
namespace {

constexpr size_t kMostLimits = 4096;
constexpr size_t kChecksumBytes = 6;  // two of the tag, four of the number

double GetDouble(protozero::pbf_reader& field) {
  ExpectType(field, protozero::pbf_wire_type::fixed64, "a double");
  const double value = field.get_double();
  if (!std::isfinite(value)) throw FormatError("field " + std::to_string(field.tag()) + ", expected a finite number");
  return value;
}

std::string GetText(protozero::pbf_reader& field) {
  const protozero::data_view view = GetBytes(field);
  return {view.data(), view.size()};
}

LimitReading ReadLimit(protozero::pbf_message<LimitField> message) {
  LimitReading limit;
  while (message.next()) {
    switch (message.tag()) {
      case LimitField::kName:
        limit.name = GetText(message);
        break;
      case LimitField::kIsMappings:
        limit.unit = GetInteger(message) != 0 ? LimitUnit::kMappings : LimitUnit::kBytes;
        break;
      case LimitField::kLimit:
        limit.limit = GetInteger(message);
        break;
      case LimitField::kUsed:
        limit.used = GetInteger(message);
        break;
      case LimitField::kIsShared:
        limit.shared = GetInteger(message) != 0;
        break;
      default:
        message.skip();
    }
  }
  return limit;
}

ProcessMemory ReadMemory(protozero::pbf_message<MemoryField> message) {
  ProcessMemory memory;
  const std::pair<MemoryField, uint64_t*> places[] = {
      {MemoryField::kRssAnonBytes, &memory.rss_anon_bytes},   {MemoryField::kRssFileBytes, &memory.rss_file_bytes},
      {MemoryField::kRssShmemBytes, &memory.rss_shmem_bytes}, {MemoryField::kSwapBytes, &memory.swap_bytes},
      {MemoryField::kVmSizeBytes, &memory.vm_size_bytes},     {MemoryField::kVmDataBytes, &memory.vm_data_bytes},
      {MemoryField::kMappings, &memory.mappings}};
  while (message.next()) {
    const auto place = std::ranges::find(places, message.tag(), &std::pair<MemoryField, uint64_t*>::first);
    if (place == std::end(places)) {
      message.skip();
    } else {
      *place->second = GetInteger(message);
    }
  }
  return memory;
}

// What the whole head says, before it is believed.
struct OwnHead {
  std::string magic;
  uint64_t version = 0;
  std::string program;
  double start_time_s = 0;
  double time_s = 0;
  uint64_t sites_left_out = 0;
  AgentView agent;
};

void ReadHeadField(protozero::pbf_message<HeadroomField>& message, OwnHead* head) {
  switch (message.tag()) {
    case HeadroomField::kMagic:
      head->magic = GetText(message);
      break;
    case HeadroomField::kVersion:
      head->version = GetInteger(message);
      break;
    case HeadroomField::kProgram:
      head->program = GetText(message);
      break;
    case HeadroomField::kPid:
      head->agent.pid = static_cast<int64_t>(GetInteger(message));
      break;
    case HeadroomField::kStartTimeS:
      head->start_time_s = GetDouble(message);
      break;
    case HeadroomField::kTimeS:
      head->time_s = GetDouble(message);
      break;
    case HeadroomField::kUptimeS:
      head->agent.uptime_s = GetDouble(message);
      break;
    case HeadroomField::kTick:
      head->agent.tick = GetInteger(message);
      break;
    case HeadroomField::kIntervalS:
      head->agent.interval_s = GetDouble(message);
      break;
    case HeadroomField::kWarnWithinS:
      head->agent.warn_within_s = GetDouble(message);
      break;
    case HeadroomField::kCriticalWithinS:
      head->agent.critical_within_s = GetDouble(message);
      break;
    case HeadroomField::kLimit:
      if (head->agent.limits.size() == kMostLimits) throw FormatError("more than " + std::to_string(kMostLimits) + " limits");
      head->agent.limits.push_back(ReadLimit(protozero::pbf_message<LimitField>(GetBytes(message))));
      break;
    case HeadroomField::kMemory:
      head->agent.memory = ReadMemory(protozero::pbf_message<MemoryField>(GetBytes(message)));
      break;
    case HeadroomField::kSitesLeftOut:
      head->sites_left_out = GetInteger(message);
      break;
    default:
      message.skip();
  }
}

void Check(const OwnHead& head) {
  if (head.magic != kDumpMagic) throw FormatError("this is no dump of headroom");
  if (head.version != kDumpVersion) {
    throw FormatError("dump of version " + std::to_string(head.version) + ", expected " + std::to_string(kDumpVersion));
  }
  if (head.agent.interval_s <= 0) throw FormatError("a tick of no length");
}

// Two processes of one program, also where the number comes back.
uint64_t LifeOf(const OwnHead& head) {
  FnvHash hash;
  hash.Add(static_cast<uint64_t>(head.agent.pid));
  hash.Add(std::bit_cast<uint64_t>(head.start_time_s));
  return std::max<uint64_t>(hash.value(), 1);
}

// The one that leaves least room, for readers that know of one only.
void SetNearestLimit(Dump* dump) {
  dump->used_bytes = dump->agent->memory.own_bytes();
  uint64_t least = ~uint64_t{0};
  for (const LimitReading& limit : dump->agent->limits) {
    if (limit.unit != LimitUnit::kBytes || limit.available() >= least) continue;
    least = limit.available();
    dump->limit_bytes = limit.limit;
    dump->used_bytes = limit.used;
  }
}

double AgeOf(size_t age_class, double interval_s) {
  return age_class == 0 ? 0 : std::ldexp(interval_s, static_cast<int>(age_class) - 1);
}

uint64_t At(const std::vector<uint64_t>& counts, size_t age_class) {
  return age_class < counts.size() ? counts[age_class] : 0;
}

void AddAged(const std::vector<uint64_t>& samples, const std::vector<uint64_t>& bytes, double interval_s,
             std::optional<std::vector<AgedSamples>>* sum) {
  if (!*sum) sum->emplace();
  for (size_t i = 0; i < kAgeClasses; ++i) {
    const double age_s = AgeOf(i, interval_s);
    if (At(samples, i) == 0) continue;
    auto place = std::ranges::lower_bound(**sum, age_s, {}, &AgedSamples::age_low_s);
    if (place == (*sum)->end() || place->age_low_s != age_s) place = (*sum)->insert(place, {age_s, 0, 0});
    place->bytes += static_cast<double>(At(bytes, i));
    place->samples += At(samples, i);
  }
}

}  // namespace

OwnCounts ReadOwnCounts(protozero::pbf_message<SiteField> message) {
  OwnCounts counts;
  while (message.next()) {
    switch (message.tag()) {
      case SiteField::kBornSamples:
        counts.born_samples = GetInteger(message);
        break;
      case SiteField::kDiedSamples:
        counts.died_samples = GetInteger(message);
        break;
      case SiteField::kLiveSamplesByAge:
        AppendIntegers(message, &counts.live_samples_by_age);
        break;
      case SiteField::kLiveBytesByAge:
        AppendIntegers(message, &counts.live_bytes_by_age);
        break;
      case SiteField::kDiedSamplesByAge:
        AppendIntegers(message, &counts.died_samples_by_age);
        break;
      case SiteField::kOldestTicks:
        counts.oldest_ticks = GetInteger(message);
        break;
      default:
        message.skip();
    }
  }
  return counts;
}

void AddOwnCounts(const OwnCounts& counts, double born_bytes, const AgentView& agent, DumpSite* site) {
  if (counts.died_samples > counts.born_samples) throw FormatError("more samples died at a site than were born");
  site->born_samples = site->born_samples.value_or(0) + counts.born_samples;
  site->died_samples = site->died_samples.value_or(0) + counts.died_samples;
  site->live_samples = *site->born_samples - *site->died_samples;
  site->born_bytes = site->born_bytes.value_or(0) + born_bytes;
  site->died_bytes = std::max(0.0, *site->born_bytes - site->live_bytes);
  AddAged(counts.live_samples_by_age, counts.live_bytes_by_age, agent.interval_s, &site->ages);
  AddAged(counts.died_samples_by_age, {}, agent.interval_s, &site->died_ages);
  const double oldest_s = static_cast<double>(counts.oldest_ticks) * agent.interval_s;
  site->oldest_s = std::max(site->oldest_s.value_or(0), oldest_s);
}

void ReadOwnHead(std::string_view bytes, Dump* dump) {
  OwnHead head;
  protozero::pbf_message<HeadroomField> message(bytes.data(), bytes.size());
  try {
    while (message.next()) ReadHeadField(message, &head);
  } catch (const protozero::exception& error) {
    throw FormatError(std::string("not the head of a dump: ") + error.what());
  }
  Check(head);
  dump->time_s = head.time_s;
  dump->partial = head.sites_left_out > 0;
  dump->life = LifeOf(head);
  dump->program = std::move(head.program);
  dump->agent = std::move(head.agent);
  SetNearestLimit(dump);
}

std::string_view FindDamage(std::string_view dump) {
  std::string trailer;
  const std::string_view whole = dump.substr(0, dump.size() - std::min(dump.size(), kChecksumBytes));
  protozero::pbf_builder<ProfileField>(trailer).add_fixed32(ProfileField::kChecksum, Checksum(whole));
  if (dump.size() < kChecksumBytes || dump.substr(whole.size(), 2) != std::string_view(trailer).substr(0, 2)) {
    return "the dump ends without its checksum: it was not written to its end";
  }
  return dump.substr(whole.size()) == trailer ? "" : "the checksum does not match what comes before it";
}

bool BeginsWithOwnHead(std::string_view head) {
  std::string begin;
  protozero::pbf_writer writer(begin);
  writer.add_bytes(static_cast<protozero::pbf_tag_type>(HeadroomField::kMagic), kDumpMagic.data(), kDumpMagic.size());
  constexpr size_t kTagAndLongestLength = 2 + 5;
  constexpr std::string_view kTag("\xC2\x3E", 2);  // of a message as field kHeadroom
  const size_t at = head.find(begin);
  return head.starts_with(kTag) && at != head.npos && at <= kTagAndLongestLength;
}

}  // namespace headroom::pprof
