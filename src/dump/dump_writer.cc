#include "dump/dump_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <protozero/pbf_builder.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dump/checksum.h"
#include "dump/schema.h"
#include "dump/site_choice.h"
#include "series/object_count.h"

namespace headroom {
namespace {

using pprof::ProfileField;
using protozero::pbf_builder;

constexpr size_t kPieceBytes = 32 * 1024;
constexpr size_t kLongestRecordBytes = 32 * 1024;  // a path is the longest text of one
constexpr size_t kHeadBytes = 16 * 1024;
constexpr size_t kMostTextBytes = 4096;
constexpr size_t kMappingBytes = 96;  // without its texts

// The string table begins with these; those of the mappings follow.
enum Text : uint64_t {
  kNone,
  kAllocObjects,
  kCount,
  kAllocSpace,
  kBytes,
  kInuseObjects,
  kInuseSpace,
  kSpace,
  kDropFrames,
  kLabelKey,
  kTexts
};
constexpr std::string_view kTextOf[kTexts] = {
    "", "alloc_objects", "count", "alloc_space", "bytes", "inuse_objects", "inuse_space", "space",
    pprof::kAllocatorFunctions, pprof::kLabelKey};

int64_t Whole(double value) { return std::llround(std::clamp(value, 0.0, 9e18)); }

// As many mappings as take no more than so many bytes.
std::span<const MappedCode> FirstOf(std::span<const MappedCode> code, size_t max_bytes) {
  size_t bytes = 0;
  size_t count = 0;
  for (; count < code.size(); ++count) {
    bytes += kMappingBytes + std::min(code[count].module->path.size(), kMostTextBytes) +
             std::min(code[count].module->build_id.size(), kMostTextBytes);
    if (bytes > max_bytes) break;
  }
  return code.first(count);
}

size_t BytesOf(std::span<const LimitReading> limits) {
  size_t bytes = 0;
  for (const LimitReading& limit : limits) bytes += limit.name.size() + 48;
  return bytes;
}

class DumpWriter {
 public:
  DumpWriter(const HeapView& heap, size_t max_bytes, ByteSink& sink)
      : heap_(heap),
        sink_(sink),
        code_(FirstOf(heap.code, max_bytes / 4)),
        choice_(heap, max_bytes - max_bytes / 4 - kHeadBytes - BytesOf(heap.limits)),
        profile_(piece_) {
    piece_.reserve(kPieceBytes + kLongestRecordBytes);
  }

  bool Write() {
    WriteHeadroom();
    WriteHead();
    WriteMappings();
    WriteLocations();
    for (const uint32_t index : choice_.sites()) WriteSite(heap_.snapshot.sites[index]);
    return Flush() && WriteChecksum();
  }

 private:
  void WriteHeadroom() {
    using enum pprof::HeadroomField;
    pbf_builder<pprof::HeadroomField> message(profile_, ProfileField::kHeadroom);
    message.add_string(kMagic, pprof::kDumpMagic.data(), pprof::kDumpMagic.size());
    message.add_uint64(kVersion, pprof::kDumpVersion);
    message.add_string(kProgram, heap_.program.data(), heap_.program.size());
    message.add_int64(kPid, heap_.pid);
    message.add_double(kStartTimeS, heap_.start_time_s);
    message.add_double(kTimeS, heap_.snapshot.time_s);
    message.add_double(kUptimeS, heap_.uptime_s);
    message.add_uint64(kTick, heap_.snapshot.tick);
    message.add_double(kIntervalS, heap_.interval_s);
    message.add_double(kWarnWithinS, heap_.warn_within_s);
    message.add_double(kCriticalWithinS, heap_.critical_within_s);
    for (const LimitReading& limit : heap_.limits) WriteLimit(limit, message);
    WriteMemory(message);
    message.add_uint64(kSitesLeftOut, choice_.sites_left_out());
  }

  static void WriteLimit(const LimitReading& limit, pbf_builder<pprof::HeadroomField>& headroom) {
    using enum pprof::LimitField;
    pbf_builder<pprof::LimitField> message(headroom, pprof::HeadroomField::kLimit);
    message.add_string(kName, limit.name);
    message.add_bool(kIsMappings, limit.unit == LimitUnit::kMappings);
    message.add_uint64(kLimit, limit.limit);
    message.add_uint64(kUsed, limit.used);
    message.add_bool(kIsShared, limit.shared);
  }

  void WriteMemory(pbf_builder<pprof::HeadroomField>& headroom) {
    using enum pprof::MemoryField;
    pbf_builder<pprof::MemoryField> message(headroom, pprof::HeadroomField::kMemory);
    message.add_uint64(kRssAnonBytes, heap_.memory.rss_anon_bytes);
    message.add_uint64(kRssFileBytes, heap_.memory.rss_file_bytes);
    message.add_uint64(kRssShmemBytes, heap_.memory.rss_shmem_bytes);
    message.add_uint64(kSwapBytes, heap_.memory.swap_bytes);
    message.add_uint64(kVmSizeBytes, heap_.memory.vm_size_bytes);
    message.add_uint64(kVmDataBytes, heap_.memory.vm_data_bytes);
    message.add_uint64(kMappings, heap_.memory.mappings);
  }

  // What is the same in each profile of a heap.
  void WriteHead() {
    WriteValueType(ProfileField::kSampleType, kAllocObjects, kCount);
    WriteValueType(ProfileField::kSampleType, kAllocSpace, kBytes);
    WriteValueType(ProfileField::kSampleType, kInuseObjects, kCount);
    WriteValueType(ProfileField::kSampleType, kInuseSpace, kBytes);
    WriteValueType(ProfileField::kPeriodType, kSpace, kBytes);
    profile_.add_int64(ProfileField::kPeriod, static_cast<int64_t>(std::max<uint64_t>(1, heap_.snapshot.sample_bytes)));
    profile_.add_int64(ProfileField::kDefaultSampleType, kInuseSpace);
    profile_.add_int64(ProfileField::kDropFrames, kDropFrames);
    profile_.add_int64(ProfileField::kTimeNanos, Whole(heap_.snapshot.time_s * 1e9));
    for (const std::string_view text : kTextOf) AddText(text);
  }

  void WriteValueType(ProfileField field, Text type, Text unit) {
    pbf_builder<pprof::ValueTypeField> message(profile_, field);
    message.add_int64(pprof::ValueTypeField::kType, type);
    message.add_int64(pprof::ValueTypeField::kUnit, unit);
  }

  uint64_t AddText(std::string_view text) {
    profile_.add_string(ProfileField::kStringTable, text.data(), std::min(text.size(), kMostTextBytes));
    return texts_++;
  }

  // The program, whatever is in its code, the modules that stacks go through, and one for code outside of every file.
  void WriteMappings() {
    std::vector<bool> is_used(code_.size() + 1);
    if (!code_.empty()) is_used[0] = true;
    for (const uint64_t address : choice_.addresses()) is_used[MappingOf(address - 1)] = true;
    for (size_t i = 0; i < code_.size(); ++i) {
      if (is_used[i]) WriteMapping(i, code_[i]);
    }
    if (is_used[code_.size()]) WriteMapping(code_.size(), {0, uint64_t{1} << 47, 0, 0, nullptr});
  }

  void WriteMapping(size_t index, const MappedCode& code) {
    using enum pprof::MappingField;
    const uint64_t path = code.module == nullptr ? uint64_t{kNone} : AddText(code.module->path);
    const uint64_t build_id = code.module == nullptr ? uint64_t{kNone} : AddText(code.module->build_id);
    pbf_builder<pprof::MappingField> message(profile_, ProfileField::kMapping);
    message.add_uint64(kId, index + 1);
    message.add_uint64(kMemoryStart, code.start);
    message.add_uint64(kMemoryLimit, code.end);
    message.add_uint64(kFileOffset, code.file_offset);
    message.add_uint64(kFilename, path);
    message.add_uint64(kBuildId, build_id);
    message.add_uint64(kStartAddress, code.start_address);
    message.commit();
    FlushIfFull();
  }

  // Of the byte before the return address: that is inside of the call.
  void WriteLocations() {
    using enum pprof::LocationField;
    uint64_t id = 0;
    for (const uint64_t address : choice_.addresses()) {
      pbf_builder<pprof::LocationField> message(profile_, ProfileField::kLocation);
      message.add_uint64(kId, ++id);
      message.add_uint64(kMappingId, MappingOf(address - 1) + 1);
      message.add_uint64(kAddress, address - 1);
      message.commit();
      FlushIfFull();
    }
  }

  size_t MappingOf(uint64_t address) const {
    const auto above = std::ranges::upper_bound(code_, address, {}, &MappedCode::start);
    if (above == code_.begin() || address >= std::prev(above)->end) return code_.size();
    return static_cast<size_t>(std::prev(above) - code_.begin());
  }

  void WriteSite(const SiteSnapshot& site) {
    std::vector<uint64_t> ids = heap_.stack_of(site.site_key);
    for (uint64_t& id : ids) id = choice_.NumberOf(id) + 1;
    const std::string_view label = heap_.label_of(site.site_key);
    const uint64_t label_text = label.empty() ? uint64_t{kNone} : LabelText(label);
    const int64_t values[] = {Objects(site.born_samples, site.born_bytes), Whole(site.born_bytes),
                              Objects(site.live_samples(), site.live_bytes()), Whole(site.live_bytes())};
    pbf_builder<pprof::SampleField> message(profile_, ProfileField::kSample);
    message.add_packed_uint64(pprof::SampleField::kLocationId, ids.begin(), ids.end());
    message.add_packed_int64(pprof::SampleField::kValue, std::begin(values), std::end(values));
    if (label_text != kNone) WriteLabel(label_text, message);
    WriteCounts(site, message);
    message.commit();
    FlushIfFull();
  }

  // Its place in the string table, which comes in pieces, as the file does.
  uint64_t LabelText(std::string_view label) {
    const auto [known, is_new] = label_texts_.try_emplace(label, texts_);
    if (is_new) AddText(label);
    return known->second;
  }

  static void WriteLabel(uint64_t text, pbf_builder<pprof::SampleField>& sample) {
    pbf_builder<pprof::LabelField> message(sample, pprof::SampleField::kLabel);
    message.add_int64(pprof::LabelField::kKey, kLabelKey);
    message.add_int64(pprof::LabelField::kStr, static_cast<int64_t>(text));
  }

  int64_t Objects(uint64_t samples, double bytes) const {
    return Whole(ObjectsBehind(samples, bytes, heap_.snapshot.sample_bytes));
  }

  static void WriteCounts(const SiteSnapshot& site, pbf_builder<pprof::SampleField>& sample) {
    using enum pprof::SiteField;
    AgeCounts live_samples_by_age, live_bytes_by_age;
    std::ranges::transform(site.live_by_age, live_samples_by_age.begin(), &LiveSamples::samples);
    std::ranges::transform(site.live_by_age, live_bytes_by_age.begin(), Whole, &LiveSamples::bytes);
    pbf_builder<pprof::SiteField> message(sample, pprof::SampleField::kSite);
    message.add_uint64(kBornSamples, site.born_samples);
    message.add_uint64(kDiedSamples, site.died_samples);
    AddClasses(kLiveSamplesByAge, live_samples_by_age, message);
    AddClasses(kLiveBytesByAge, live_bytes_by_age, message);
    AddClasses(kDiedSamplesByAge, site.died_samples_by_age, message);
    message.add_uint64(kOldestTicks, site.oldest_ticks);
  }

  static void AddClasses(pprof::SiteField field, const AgeCounts& counts, pbf_builder<pprof::SiteField>& site) {
    auto end = counts.end();
    while (end != counts.begin() && *(end - 1) == 0) --end;
    site.add_packed_uint64(field, counts.begin(), end);
  }

  void FlushIfFull() {
    if (piece_.size() >= kPieceBytes) Flush();
  }

  bool Flush() {
    checksum_ = Checksum(piece_, checksum_);
    is_taken_ = is_taken_ && sink_.Append(piece_);
    piece_.clear();
    return is_taken_;
  }

  bool WriteChecksum() {
    profile_.add_fixed32(ProfileField::kChecksum, checksum_);
    return Flush();
  }

  const HeapView& heap_;
  ByteSink& sink_;
  const std::span<const MappedCode> code_;
  const SiteChoice choice_;
  uint64_t texts_ = 0;
  std::map<std::string_view, uint64_t> label_texts_;
  uint32_t checksum_ = 0;
  bool is_taken_ = true;
  std::string piece_;
  pbf_builder<ProfileField> profile_;
};

}  // namespace

bool WriteDump(const HeapView& heap, size_t max_bytes, ByteSink& sink) {
  return DumpWriter(heap, max_bytes, sink).Write();
}

}  // namespace headroom
