#ifndef HEADROOM_KNOWLEDGE_FORMAT_H_
#define HEADROOM_KNOWLEDGE_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "knowledge/knowledge.h"

namespace headroom {

// A knowledge file is a header and its builds, each followed by its sites; all of fixed sizes, little-endian, see
// format.cc. A new layout takes a new version.
inline constexpr uint32_t kKnowledgeVersion = 1;
inline constexpr size_t kMaxKnowledgeBytes = 192 * 1024;

std::string Encode(const Knowledge& knowledge);

enum class Decoding {
  kDone,
  kDamaged,  // it was ours once: may be made anew
  kForeign,  // another's, or of a newer headroom: not to be touched
};

struct Decoded {
  Decoding decoding = Decoding::kForeign;
  Knowledge knowledge;  // of kDone
  std::string flaw;     // else: what is wrong, at which byte
};

// Takes any bytes.
Decoded Decode(std::string_view file);

}  // namespace headroom

#endif  // HEADROOM_KNOWLEDGE_FORMAT_H_
