#ifndef HEADROOM_TESTS_FORMATS_PROFILE_PROTO_H_
#define HEADROOM_TESTS_FORMATS_PROFILE_PROTO_H_

#include <cstdint>
#include <initializer_list>
#include <protozero/pbf_builder.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dump/schema.h"

namespace headroom {

// Writes the bytes of a profile.proto field by field, also such as no honest writer would.
class ProfileProto {
 public:
  using Columns = std::initializer_list<std::pair<std::string_view, std::string_view>>;  // type, unit

  explicit ProfileProto(Columns columns) {
    Text("");
    for (const auto& [type, unit] : columns) Column(pprof::ProfileField::kSampleType, type, unit);
  }

  ProfileProto& Period(int64_t period) {
    Column(pprof::ProfileField::kPeriodType, "space", "bytes");
    profile_.add_int64(pprof::ProfileField::kPeriod, period);
    return *this;
  }

  ProfileProto& TimeNanos(int64_t nanos) {
    profile_.add_int64(pprof::ProfileField::kTimeNanos, nanos);
    return *this;
  }

  // A function and a location of one line, both with this id.
  ProfileProto& Function(uint64_t id, std::string_view name, uint64_t address = 0, uint64_t mapping_id = 0) {
    const int64_t text = Text(name);
    {
      protozero::pbf_builder<pprof::FunctionField> function(profile_, pprof::ProfileField::kFunction);
      function.add_uint64(pprof::FunctionField::kId, id);
      function.add_int64(pprof::FunctionField::kName, text);
    }
    return Location(id, {id}, address, mapping_id);
  }

  ProfileProto& Location(uint64_t id, const std::vector<uint64_t>& function_ids, uint64_t address,
                         uint64_t mapping_id) {
    protozero::pbf_builder<pprof::LocationField> location(profile_, pprof::ProfileField::kLocation);
    location.add_uint64(pprof::LocationField::kId, id);
    location.add_uint64(pprof::LocationField::kMappingId, mapping_id);
    location.add_uint64(pprof::LocationField::kAddress, address);
    for (const uint64_t function_id : function_ids) {
      protozero::pbf_builder<pprof::LineField> line(location, pprof::LocationField::kLine);
      line.add_uint64(pprof::LineField::kFunctionId, function_id);
      line.add_int64(pprof::LineField::kLine, 7);
    }
    return *this;
  }

  ProfileProto& Mapping(uint64_t id, uint64_t start, uint64_t file_offset, std::string_view file,
                        std::string_view build_id) {
    const int64_t file_text = Text(file);
    const int64_t build_id_text = Text(build_id);
    protozero::pbf_builder<pprof::MappingField> mapping(profile_, pprof::ProfileField::kMapping);
    mapping.add_uint64(pprof::MappingField::kId, id);
    mapping.add_uint64(pprof::MappingField::kMemoryStart, start);
    mapping.add_uint64(pprof::MappingField::kFileOffset, file_offset);
    mapping.add_int64(pprof::MappingField::kFilename, file_text);
    mapping.add_int64(pprof::MappingField::kBuildId, build_id_text);
    return *this;
  }

  ProfileProto& Sample(const std::vector<uint64_t>& location_ids, const std::vector<int64_t>& values) {
    protozero::pbf_builder<pprof::SampleField> sample(profile_, pprof::ProfileField::kSample);
    sample.add_packed_uint64(pprof::SampleField::kLocationId, location_ids.begin(), location_ids.end());
    sample.add_packed_int64(pprof::SampleField::kValue, values.begin(), values.end());
    return *this;
  }

  ProfileProto& UnpackedSample(const std::vector<uint64_t>& location_ids, const std::vector<int64_t>& values) {
    protozero::pbf_builder<pprof::SampleField> sample(profile_, pprof::ProfileField::kSample);
    for (const uint64_t id : location_ids) sample.add_uint64(pprof::SampleField::kLocationId, id);
    for (const int64_t value : values) sample.add_int64(pprof::SampleField::kValue, value);
    return *this;
  }

  const std::string& bytes() const { return bytes_; }

 private:
  int64_t Text(std::string_view text) {
    profile_.add_string(pprof::ProfileField::kStringTable, text.data(), text.size());
    return texts_++;
  }

  void Column(pprof::ProfileField field, std::string_view type, std::string_view unit) {
    const int64_t type_text = Text(type);
    const int64_t unit_text = Text(unit);
    protozero::pbf_builder<pprof::ValueTypeField> column(profile_, field);
    column.add_int64(pprof::ValueTypeField::kType, type_text);
    column.add_int64(pprof::ValueTypeField::kUnit, unit_text);
  }

  std::string bytes_;
  protozero::pbf_builder<pprof::ProfileField> profile_{bytes_};
  int64_t texts_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_TESTS_FORMATS_PROFILE_PROTO_H_
