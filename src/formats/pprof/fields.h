#ifndef HEADROOM_FORMATS_PPROF_FIELDS_H_
#define HEADROOM_FORMATS_PPROF_FIELDS_H_

#include <cstdint>
#include <protozero/pbf_message.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "formats/format_error.h"

namespace headroom::pprof {

// protozero keeps 32 bits of a length and drops the rest.
inline void CheckLength(const protozero::pbf_reader& field) {
  if (field.wire_type() != protozero::pbf_wire_type::length_delimited) return;
  const char* begin = field.data().data();
  const char* const end = begin + field.length();
  const uint64_t bytes = protozero::decode_varint(&begin, end);
  if (bytes <= static_cast<uint64_t>(end - begin)) return;
  throw FormatError("a field of " + std::to_string(bytes) + " bytes, but only " + std::to_string(end - begin) +
                    " are left");
}

// Calls visit for each field of a whole profile. Whatever is wrong in one is thrown as a FormatError that names the
// byte where that field begins. The visitor takes the value or skips it.
template <typename Visit>
void ForEachField(std::string_view profile, Visit visit) {
  protozero::pbf_reader reader(profile.data(), profile.size());
  size_t begin = 0;
  try {
    while (reader.next()) {
      CheckLength(reader);
      visit(reader);
      begin = profile.size() - reader.length();
    }
  } catch (const protozero::exception& error) {
    throw FormatError(std::string("not a field of a profile.proto: ") + error.what(), begin);
  } catch (const FormatError& error) {
    throw FormatError(error.what(), begin);
  }
}

// protozero leaves it to its caller that a field has the type its number promises.
inline void ExpectType(const protozero::pbf_reader& field, protozero::pbf_wire_type type, const char* name) {
  if (field.wire_type() != type) throw FormatError("field " + std::to_string(field.tag()) + ", expected " + name);
}

inline uint64_t GetInteger(protozero::pbf_reader& field) {
  ExpectType(field, protozero::pbf_wire_type::varint, "an integer");
  return field.get_uint64();
}

inline protozero::data_view GetBytes(protozero::pbf_reader& field) {
  ExpectType(field, protozero::pbf_wire_type::length_delimited, "a text or a message");
  return field.get_view();
}

// Appends one value of a repeated integer, or all of them where they are packed: writers do as they like.
inline void AppendIntegers(protozero::pbf_reader& field, std::vector<uint64_t>* out) {
  if (field.wire_type() != protozero::pbf_wire_type::length_delimited) {
    out->push_back(GetInteger(field));
    return;
  }
  for (const uint64_t value : field.get_packed_uint64()) out->push_back(value);
}

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_FIELDS_H_
