#include "knowledge/format.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <type_traits>

#include "dump/checksum.h"

namespace headroom {
namespace {

constexpr char kMagic[8] = {'H', 'E', 'A', 'D', 'K', 'N', 'O', 'W'};
constexpr float kMostBytes = 0x1p60F;
constexpr double kLongestTickSeconds = 86400;

struct FileHeader {
  char magic[8];
  uint32_t checksum;  // of everything from `version` to the end of the file
  uint32_t version;
  uint64_t length;  // of the file
  uint64_t builds;
};

struct BuildHeader {
  char build_id[kMaxBuildIdBytes];  // filled up with zeros
  double seconds_per_tick;
  uint64_t survived_bytes;
  Records residual;
  uint32_t sites;
};

struct SiteEntry {
  uint64_t place;
  uint64_t name;
  float sample_bytes;
  Records records;
};

static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(FileHeader) == 32 && sizeof(BuildHeader) == 136 && sizeof(SiteEntry) == 72);
static_assert(sizeof(FileHeader) + kMaxKnownBuilds * (sizeof(BuildHeader) + kMaxKnownSites * sizeof(SiteEntry)) <=
              kMaxKnowledgeBytes);

constexpr size_t kChecksummedFrom = offsetof(FileHeader, version);

template <typename Part>
void Append(const Part& part, std::string& file) {
  static_assert(std::is_trivially_copyable_v<Part>);
  file.append(reinterpret_cast<const char*>(&part), sizeof(part));
}

void AppendBuild(const BuildKnowledge& build, std::string& file) {
  const size_t sites = std::min(build.sites.size(), kMaxKnownSites);
  BuildHeader header{{}, build.seconds_per_tick, build.survived_bytes, build.residual, static_cast<uint32_t>(sites)};
  build.build_id.copy(header.build_id, sizeof(header.build_id));
  Append(header, file);
  for (const KnownSite& site : build.sites) {
    Append(SiteEntry{site.identity.place, site.identity.name, site.sample_bytes, site.records}, file);
  }
}

bool IsAmount(float bytes) { return bytes >= 0 && bytes <= kMostBytes; }  // false for NaN
bool AreAmounts(const Records& records) { return std::ranges::all_of(records, IsAmount); }
bool IsTick(double seconds) { return seconds > 0 && seconds <= kLongestTickSeconds; }

// Takes the parts of the file one by one; what does not fit is a flaw at its byte.
class Parts {
 public:
  explicit Parts(std::string_view file) : file_(file) {}

  template <typename Part>
  bool Take(Part& part) {
    if (file_.size() - at_ < sizeof(part)) return false;
    std::memcpy(&part, file_.data() + at_, sizeof(part));
    at_ += sizeof(part);
    return true;
  }
  bool IsAtEnd() const { return at_ == file_.size(); }
  size_t at() const { return at_; }

 private:
  std::string_view file_;
  size_t at_ = 0;
};

bool TakeSite(Parts& parts, std::vector<KnownSite>& sites) {
  SiteEntry entry;
  if (!parts.Take(entry) || !IsAmount(entry.sample_bytes) || !AreAmounts(entry.records)) return false;
  sites.push_back({{entry.place, entry.name}, entry.sample_bytes, entry.records});
  return true;
}

bool TakeBuild(Parts& parts, std::vector<BuildKnowledge>& builds) {
  BuildHeader header;
  if (!parts.Take(header) || header.sites > kMaxKnownSites || !IsTick(header.seconds_per_tick) ||
      !AreAmounts(header.residual)) {
    return false;
  }
  BuildKnowledge& build = builds.emplace_back();
  build.build_id.assign(header.build_id, strnlen(header.build_id, sizeof(header.build_id)));
  build.seconds_per_tick = header.seconds_per_tick;
  build.survived_bytes = header.survived_bytes;
  build.residual = header.residual;
  build.sites.reserve(header.sites);
  for (uint32_t i = 0; i < header.sites; ++i) {
    if (!TakeSite(parts, build.sites)) return false;
  }
  return true;
}

Decoded Flawed(Decoding decoding, size_t byte, const std::string& what) {
  return {decoding, {}, "byte " + std::to_string(byte) + ": " + what};
}

std::optional<Decoded> FlawOfHeader(std::string_view file, const FileHeader& header) {
  if (header.version != kKnowledgeVersion) {
    return Flawed(
        Decoding::kForeign, offsetof(FileHeader, version),
        "layout version " + std::to_string(header.version) + ", expected " + std::to_string(kKnowledgeVersion));
  }
  if (header.length != file.size()) {
    return Flawed(
        Decoding::kDamaged, offsetof(FileHeader, length),
        "announces " + std::to_string(header.length) + " bytes, but " + std::to_string(file.size()) + " are there");
  }
  if (Checksum(file.substr(kChecksummedFrom)) != header.checksum) {
    return Flawed(Decoding::kDamaged, offsetof(FileHeader, checksum), "the checksum does not match");
  }
  if (header.builds > kMaxKnownBuilds) {
    return Flawed(Decoding::kDamaged, offsetof(FileHeader, builds), "too many builds");
  }
  return std::nullopt;
}

}  // namespace

std::string Encode(const Knowledge& knowledge) {
  std::string file(sizeof(FileHeader), '\0');
  const size_t builds = std::min(knowledge.builds.size(), kMaxKnownBuilds);
  for (size_t i = 0; i < builds; ++i) AppendBuild(knowledge.builds[i], file);
  FileHeader header{{}, 0, kKnowledgeVersion, file.size(), builds};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  std::memcpy(file.data(), &header, sizeof(header));
  header.checksum = Checksum(std::string_view(file).substr(kChecksummedFrom));
  std::memcpy(file.data(), &header, sizeof(header));
  return file;
}

Decoded Decode(std::string_view file) {
  if (file.size() > kMaxKnowledgeBytes) return {Decoding::kForeign, {}, "it is too large to be what headroom wrote"};
  Parts parts(file);
  FileHeader header;
  const bool has_header = parts.Take(header);
  if (file.empty()) return Flawed(Decoding::kDamaged, 0, "the file is empty");
  if (file.substr(0, sizeof(kMagic)) != std::string_view(kMagic, sizeof(kMagic))) {
    return Flawed(Decoding::kForeign, 0, "no knowledge of headroom begins here");
  }
  if (!has_header) return Flawed(Decoding::kDamaged, file.size(), "the file ends before a whole header");
  if (auto flawed = FlawOfHeader(file, header)) return *std::move(flawed);
  Decoded decoded{Decoding::kDone, {}, {}};
  for (uint64_t i = 0; i < header.builds; ++i) {
    const size_t begin = parts.at();
    if (!TakeBuild(parts, decoded.knowledge.builds)) return Flawed(Decoding::kDamaged, begin, "no build is here");
  }
  if (!parts.IsAtEnd()) return Flawed(Decoding::kDamaged, parts.at(), "something follows the last build");
  return decoded;
}

}  // namespace headroom
