#include "formats/pprof_reader.h"

#include <optional>
#include <string>

#include "formats/pprof/fields.h"
#include "formats/pprof/own_dump.h"
#include "formats/pprof/sample_reader.h"
#include "formats/pprof/tables.h"

namespace headroom {
namespace {

using protozero::pbf_wire_type;

pbf_wire_type ExpectedWireType(protozero::pbf_tag_type tag) {
  using enum pprof::ProfileField;
  switch (static_cast<pprof::ProfileField>(tag)) {
    case kSampleType:
    case kSample:
    case kMapping:
    case kLocation:
    case kFunction:
    case kStringTable:
    case kPeriodType:
      return pbf_wire_type::length_delimited;
    default:
      return pbf_wire_type::varint;
  }
}

// A sample type is two small numbers.
bool IsSampleType(protozero::pbf_reader message) {
  while (message.next()) {
    if (message.tag() > 2 || message.wire_type() != pbf_wire_type::varint) return false;
    message.skip();
  }
  return true;
}

bool BeginsWithSampleType(std::string_view head) {
  constexpr protozero::pbf_tag_type kLastField = 15;
  protozero::pbf_reader reader(head.data(), head.size());
  while (reader.next()) {
    if (reader.tag() > kLastField || reader.wire_type() != ExpectedWireType(reader.tag())) return false;
    if (reader.tag() == static_cast<protozero::pbf_tag_type>(pprof::ProfileField::kSampleType)) {
      return IsSampleType(reader.get_message());
    }
    reader.skip();
  }
  return false;
}

}  // namespace

Dump ReadProfile(std::string_view profile, const std::string& source) {
  constexpr double kNanosPerSecond = 1e9;
  const pprof::Tables tables = pprof::ReadTables(profile);
  Dump dump;
  dump.source = source;
  if (tables.time_nanos > 0) dump.time_s = static_cast<double>(tables.time_nanos) / kNanosPerSecond;
  dump.sample_bytes = pprof::SampleBytes(tables);
  if (tables.headroom) {
    pprof::ReadOwnHead(*tables.headroom, &dump);
  } else if (!tables.mappings.rows().empty()) {
    dump.program = tables.String(tables.mappings.rows().front().filename);
  }
  pprof::SampleReader reader(tables, &dump);
  pprof::ForEachField(profile, [&reader](protozero::pbf_reader& field) { reader.Read(field); });
  reader.Finish();
  return dump;
}

bool LooksLikePprof(std::string_view head) {
  try {
    return BeginsWithSampleType(head);
  } catch (const protozero::exception&) {
    return false;
  }
}

void ReadPprof(Input& input, DumpSink& sink) {
  const std::optional<std::string> profile = input.ReadAll(pprof::kMaxProfileBytes);
  const bool is_too_long = !profile && !input.error();
  if (is_too_long) sink.Complain(input.AtByte(pprof::kMaxProfileBytes, "profile goes on, expected its end before"));
  if (!profile) return;
  try {
    sink.Take(ReadProfile(*profile, input.path()));
  } catch (const FormatError& error) {
    sink.Complain(input.AtByte(error.byte(), error.what()));
  }
}

}  // namespace headroom
