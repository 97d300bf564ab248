#include "formats/pprof/tables.h"

#include <initializer_list>

#include "formats/pprof/fields.h"
#include "dump/schema.h"

namespace headroom::pprof {
namespace {

// Where an integer field goes; whatever has no slot is passed over.
template <typename Field>
struct Slot {
  Field field;
  uint64_t* value;
};

template <typename Field>
void Store(protozero::pbf_reader& field, std::initializer_list<Slot<Field>> slots) {
  for (const Slot<Field>& slot : slots) {
    if (field.tag() != static_cast<protozero::pbf_tag_type>(slot.field)) continue;
    *slot.value = GetInteger(field);
    return;
  }
  field.skip();
}

ValueType ReadValueType(protozero::pbf_reader message) {
  using enum ValueTypeField;
  ValueType type;
  while (message.next()) Store<ValueTypeField>(message, {{kType, &type.type}, {kUnit, &type.unit}});
  return type;
}

Mapping ReadMapping(protozero::pbf_reader message) {
  using enum MappingField;
  Mapping mapping;
  while (message.next()) {
    Store<MappingField>(message, {{kId, &mapping.id},
                                  {kMemoryStart, &mapping.memory_start},
                                  {kFileOffset, &mapping.file_offset},
                                  {kStartAddress, &mapping.start_address},
                                  {kFilename, &mapping.filename},
                                  {kBuildId, &mapping.build_id}});
  }
  return mapping;
}

Function ReadFunction(protozero::pbf_reader message) {
  using enum FunctionField;
  Function function;
  while (message.next()) {
    Store<FunctionField>(message, {{kId, &function.id}, {kName, &function.name}, {kFilename, &function.filename}});
  }
  return function;
}

Line ReadLine(protozero::pbf_reader message) {
  using enum LineField;
  Line line;
  while (message.next()) Store<LineField>(message, {{kFunctionId, &line.function_id}, {kLine, &line.line}});
  return line;
}

Location ReadLocation(protozero::pbf_reader message, std::vector<Line>* lines) {
  using enum LocationField;
  Location location;
  location.first_line = lines->size();
  while (message.next()) {
    if (message.tag() == static_cast<protozero::pbf_tag_type>(kLine)) {
      lines->push_back(ReadLine(protozero::pbf_reader(GetBytes(message))));
    } else {
      Store<LocationField>(message,
                           {{kId, &location.id}, {kMappingId, &location.mapping_id}, {kAddress, &location.address}});
    }
  }
  if (lines->size() > kMaxLines) throw FormatError("more than " + std::to_string(kMaxLines) + " lines of functions");
  location.line_count = lines->size() - location.first_line;
  return location;
}

std::string_view ReadString(protozero::pbf_reader& field, size_t strings_before) {
  if (strings_before == kMaxStrings) throw FormatError("more than " + std::to_string(kMaxStrings) + " strings");
  const protozero::data_view view = GetBytes(field);
  return {view.data(), view.size()};
}

void ReadField(protozero::pbf_reader& field, Tables* tables) {
  switch (static_cast<ProfileField>(field.tag())) {
    case ProfileField::kSampleType:
      tables->sample_types.push_back(ReadValueType(protozero::pbf_reader(GetBytes(field))));
      break;
    case ProfileField::kSample:
      ++tables->samples;
      field.skip();
      break;
    case ProfileField::kMapping:
      tables->mappings.Add(ReadMapping(protozero::pbf_reader(GetBytes(field))));
      break;
    case ProfileField::kLocation:
      tables->locations.Add(ReadLocation(protozero::pbf_reader(GetBytes(field)), &tables->lines));
      break;
    case ProfileField::kFunction:
      tables->functions.Add(ReadFunction(protozero::pbf_reader(GetBytes(field))));
      break;
    case ProfileField::kStringTable:
      tables->strings.push_back(ReadString(field, tables->strings.size()));
      break;
    case ProfileField::kTimeNanos:
      tables->time_nanos = static_cast<int64_t>(GetInteger(field));
      break;
    case ProfileField::kPeriodType:
      tables->period_type = ReadValueType(protozero::pbf_reader(GetBytes(field)));
      break;
    case ProfileField::kHeadroom: {
      const protozero::data_view message = GetBytes(field);
      tables->headroom = std::string_view(message.data(), message.size());
      break;
    }
    case ProfileField::kPeriod:
      tables->period = static_cast<int64_t>(GetInteger(field));
      break;
    default:
      field.skip();
  }
}

}  // namespace

std::string_view Tables::String(uint64_t index) const {
  if (index == 0 && strings.empty()) return {};
  if (index < strings.size()) return strings[index];
  throw FormatError("string " + std::to_string(index) + " of a table of " + std::to_string(strings.size()));
}

Tables ReadTables(std::string_view profile) {
  Tables tables;
  ForEachField(profile, [&tables](protozero::pbf_reader& field) { ReadField(field, &tables); });
  tables.mappings.Sort();
  tables.functions.Sort();
  tables.locations.Sort();
  return tables;
}

}  // namespace headroom::pprof
