#include "formats/pprof/profile_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <protozero/pbf_builder.hpp>
#include <string_view>
#include <vector>

#include "dump/schema.h"
#include "formats/pprof/location_table.h"
#include "formats/pprof/module_layout.h"
#include "formats/pprof/text_table.h"
#include "series/object_count.h"

namespace headroom::pprof {
namespace {

using protozero::pbf_builder;

int64_t Whole(double value) {
  constexpr double kMost = 9e18;
  return std::llround(std::clamp(value, 0.0, kMost));
}

class ProfileWriter {
 public:
  explicit ProfileWriter(const Dump& dump)
      : dump_(dump),
        knows_births_(
            std::ranges::any_of(dump.sites, [](const DumpSite& site) { return site.born_bytes.has_value(); })),
        layout_(dump.frames),
        locations_(dump.frames, layout_, &texts_),
        profile_(bytes_) {}

  std::string Write() {
    WriteHead();
    for (const DumpSite& site : dump_.sites) WriteSample(site);
    for (size_t i = 0; i < layout_.rows().size(); ++i) WriteMapping(i);
    for (const auto& [row, id] : locations_.locations()) WriteLocation(row, id);
    for (const auto& [row, id] : locations_.functions()) WriteFunction(row, id);
    for (const std::string& text : texts_.texts()) profile_.add_string(ProfileField::kStringTable, text);
    return std::move(bytes_);
  }

 private:
  void WriteHead() {
    using enum ProfileField;
    if (knows_births_) {
      WriteValueType(kSampleType, "alloc_objects", "count");
      WriteValueType(kSampleType, "alloc_space", "bytes");
    }
    WriteValueType(kSampleType, "inuse_objects", "count");
    WriteValueType(kSampleType, "inuse_space", "bytes");
    WriteValueType(kPeriodType, "space", "bytes");
    profile_.add_int64(kPeriod, static_cast<int64_t>(std::max<uint64_t>(1, dump_.sample_bytes)));
    profile_.add_int64(kDefaultSampleType, static_cast<int64_t>(texts_.Number("inuse_space")));
    profile_.add_int64(kDropFrames, static_cast<int64_t>(texts_.Number(kAllocatorFunctions)));
    if (dump_.time_s) profile_.add_int64(kTimeNanos, Whole(*dump_.time_s * 1e9));
  }

  void WriteValueType(ProfileField field, std::string_view type, std::string_view unit) {
    pbf_builder<ValueTypeField> message(profile_, field);
    message.add_int64(ValueTypeField::kType, static_cast<int64_t>(texts_.Number(type)));
    message.add_int64(ValueTypeField::kUnit, static_cast<int64_t>(texts_.Number(unit)));
  }

  void WriteSample(const DumpSite& site) {
    const std::vector<uint64_t> ids = locations_.IdsOf(site.stack);
    std::vector<int64_t> values;
    if (knows_births_) AppendValues(site.born_samples, site.born_bytes.value_or(0), &values);
    AppendValues(site.live_samples, site.live_bytes, &values);
    pbf_builder<SampleField> message(profile_, ProfileField::kSample);
    message.add_packed_uint64(SampleField::kLocationId, ids.begin(), ids.end());
    message.add_packed_int64(SampleField::kValue, values.begin(), values.end());
    if (site.label.empty()) return;
    pbf_builder<LabelField> label(message, SampleField::kLabel);
    label.add_int64(LabelField::kKey, static_cast<int64_t>(texts_.Number(kLabelKey)));
    label.add_int64(LabelField::kStr, static_cast<int64_t>(texts_.Number(site.label)));
  }

  void AppendValues(std::optional<uint64_t> samples, double bytes, std::vector<int64_t>* values) const {
    values->push_back(Whole(ObjectsBehind(samples.value_or(0), bytes, dump_.sample_bytes)));
    values->push_back(Whole(bytes));
  }

  void WriteMapping(size_t index) {
    using enum MappingField;
    const MappingRow& row = layout_.rows()[index];
    const LocationTable::Knowledge& known = locations_.knowledge()[index];
    pbf_builder<MappingField> message(profile_, ProfileField::kMapping);
    message.add_uint64(kId, index + 1);
    message.add_uint64(kMemoryStart, row.memory_start);
    message.add_uint64(kMemoryLimit, row.memory_limit);
    message.add_uint64(kFileOffset, row.file_offset);
    message.add_int64(kFilename, static_cast<int64_t>(texts_.Number(row.module)));
    message.add_int64(kBuildId, static_cast<int64_t>(texts_.Number(row.build_id)));
    message.add_bool(kHasFunctions, known.all_functions);
    message.add_bool(kHasFilenames, known.all_files);
    message.add_bool(kHasLineNumbers, known.all_lines);
    message.add_bool(kHasInlineFrames, known.any_inlined);
  }

  void WriteLocation(const LocationTable::LocationRow& row, uint64_t id) {
    using enum LocationField;
    pbf_builder<LocationField> message(profile_, ProfileField::kLocation);
    message.add_uint64(kId, id);
    message.add_uint64(kMappingId, row.mapping_id);
    message.add_uint64(kAddress, row.address);
    for (const LocationTable::LineRow& line : row.lines) {
      pbf_builder<LineField> inner(message, kLine);
      inner.add_uint64(LineField::kFunctionId, line.function_id);
      inner.add_int64(LineField::kLine, line.line);
    }
  }

  void WriteFunction(const LocationTable::FunctionRow& row, uint64_t id) {
    using enum FunctionField;
    pbf_builder<FunctionField> message(profile_, ProfileField::kFunction);
    message.add_uint64(kId, id);
    message.add_int64(kName, static_cast<int64_t>(row.first));
    message.add_int64(kSystemName, static_cast<int64_t>(row.first));
    message.add_int64(kFilename, static_cast<int64_t>(row.second));
  }

  const Dump& dump_;
  const bool knows_births_;
  TextTable texts_;
  ModuleLayout layout_;
  LocationTable locations_;
  std::string bytes_;
  pbf_builder<ProfileField> profile_;
};

}  // namespace

std::string WriteProfile(const Dump& dump) { return ProfileWriter(dump).Write(); }

}  // namespace headroom::pprof
