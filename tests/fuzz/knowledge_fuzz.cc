// Any bytes as a knowledge file: as they are, and under a header that fits them, so that the builds in it are reached. What was read is
// written and read again, and merges with itself.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "dump/checksum.h"
#include "knowledge/format.h"
#include "knowledge/merge.h"

namespace {

constexpr size_t kHeaderBytes = 32, kChecksumAt = 8, kVersionAt = 12, kLengthAt = 16, kBuildsAt = 24;  // of knowledge/format.cc

void Check(bool holds) {
  if (!holds) std::abort();
}

void Read(std::string_view file) {
  const headroom::Decoded decoded = headroom::Decode(file);
  Check((decoded.decoding == headroom::Decoding::kDone) == decoded.flaw.empty());
  Check(decoded.flaw.find('\n') == decoded.flaw.npos);
  if (decoded.decoding != headroom::Decoding::kDone) return;
  headroom::Knowledge knowledge = decoded.knowledge;
  for (const headroom::BuildKnowledge& build : decoded.knowledge.builds) headroom::Merge(build, knowledge);
  Check(knowledge.builds.size() <= headroom::kMaxKnownBuilds);
  Check(headroom::Decode(headroom::Encode(knowledge)).decoding == headroom::Decoding::kDone);
}

template <typename Number>
void Put(Number number, size_t at, std::string* file) {
  std::memcpy(file->data() + at, &number, sizeof number);
}

// The first byte says how many builds there are.
std::string Sealed(std::string_view builds) {
  std::string file = "HEADKNOW" + std::string(kHeaderBytes - kChecksumAt, '\0');
  const uint64_t count = builds.empty() ? 0 : static_cast<unsigned char>(builds[0]) % (headroom::kMaxKnownBuilds + 1);
  file += builds.empty() ? builds : builds.substr(1);
  Put(headroom::kKnowledgeVersion, kVersionAt, &file);
  Put(uint64_t{file.size()}, kLengthAt, &file);
  Put(count, kBuildsAt, &file);
  Put(headroom::Checksum(std::string_view(file).substr(kVersionAt)), kChecksumAt, &file);
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Read(bytes);
  Read(Sealed(bytes));
  return 0;
}
