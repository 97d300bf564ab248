#ifndef HEADROOM_DUMP_SCHEMA_H_
#define HEADROOM_DUMP_SCHEMA_H_

#include <cstdint>
#include <protozero/types.hpp>
#include <string_view>

// Field numbers of perftools.profiles (profile.proto of github.com/google/pprof), as far as heap profiles use them, and
// those of headroom's own dump. That is a profile.proto too, not packed: every reader of such takes it as it is, and
// passes over the fields from kOwnField on, which hold what else is known. Its first field is kHeadroom, its last
// kChecksum. Fields that a later headroom adds are passed over by an earlier one; a field that changes its meaning takes
// a new kDumpVersion.
namespace headroom::pprof {

inline constexpr protozero::pbf_tag_type kOwnField = 1000;
inline constexpr std::string_view kDumpMagic = "headroom heap dump";
inline constexpr uint64_t kDumpVersion = 1;

// Where a reader of the profile is to begin its stacks: a regular expression for whole names without arguments.
inline constexpr std::string_view kAllocatorFunctions =
    "(__libc_|je_|tc_|mi_)?(malloc|calloc|realloc|reallocarray|memalign|aligned_alloc|posix_memalign|valloc|pvalloc)|"
    "operator new(\\[\\])?";

enum class ProfileField : protozero::pbf_tag_type {
  kSampleType = 1,
  kSample = 2,
  kMapping = 3,
  kLocation = 4,
  kFunction = 5,
  kStringTable = 6,
  kDropFrames = 7,
  kTimeNanos = 9,
  kPeriodType = 11,
  kPeriod = 12,
  kDefaultSampleType = 14,
  kHeadroom = kOwnField,      // a message of HeadroomField
  kChecksum = kOwnField + 1,  // fixed32: the checksum of all bytes before this field
};

enum class ValueTypeField : protozero::pbf_tag_type { kType = 1, kUnit = 2 };

enum class SampleField : protozero::pbf_tag_type {
  kLocationId = 1,
  kValue = 2,
  kLabel = 3,
  kSite = kOwnField,  // a message of SiteField
};

// The key of the label that a program gave to the work of its threads.
inline constexpr std::string_view kLabelKey = "label";
enum class LabelField : protozero::pbf_tag_type { kKey = 1, kStr = 2 };

enum class MappingField : protozero::pbf_tag_type {
  kId = 1,
  kMemoryStart = 2,
  kMemoryLimit = 3,
  kFileOffset = 4,
  kFilename = 5,
  kBuildId = 6,
  kHasFunctions = 7,
  kHasFilenames = 8,
  kHasLineNumbers = 9,
  kHasInlineFrames = 10,
  kStartAddress = kOwnField,  // the address of the object file that is mapped at memory_start
};

enum class LocationField : protozero::pbf_tag_type { kId = 1, kMappingId = 2, kAddress = 3, kLine = 4 };

enum class LineField : protozero::pbf_tag_type { kFunctionId = 1, kLine = 2 };

enum class FunctionField : protozero::pbf_tag_type { kId = 1, kName = 2, kSystemName = 3, kFilename = 4 };

// The process and its agent when the dump was taken. Times in seconds are doubles.
enum class HeadroomField : protozero::pbf_tag_type {
  kMagic = 1,
  kVersion = 2,
  kProgram = 3,
  kPid = 4,
  kStartTimeS = 5,  // of the process, Unix time
  kTimeS = 6,       // of the tick, Unix time
  kUptimeS = 7,
  kTick = 8,
  kIntervalS = 9,  // one tick
  kWarnWithinS = 10,
  kCriticalWithinS = 11,
  kLimit = 12,         // repeated, a message of LimitField
  kMemory = 13,        // a message of MemoryField
  kSitesLeftOut = 14,  // for want of room: the smallest
};

enum class LimitField : protozero::pbf_tag_type { kName = 1, kIsMappings = 2, kLimit = 3, kUsed = 4, kIsShared = 5 };

enum class MemoryField : protozero::pbf_tag_type {
  kRssAnonBytes = 1,
  kRssFileBytes = 2,
  kRssShmemBytes = 3,
  kSwapBytes = 4,
  kVmSizeBytes = 5,
  kVmDataBytes = 6,
  kMappings = 7,
};

// Samples are raw counts. The lists are packed, by age class of series/snapshot.h, without the empty classes at the end.
enum class SiteField : protozero::pbf_tag_type {
  kBornSamples = 1,
  kDiedSamples = 2,
  kLiveSamplesByAge = 3,
  kLiveBytesByAge = 4,
  kDiedSamplesByAge = 5,
  kOldestTicks = 6,
};

}  // namespace headroom::pprof

#endif  // HEADROOM_DUMP_SCHEMA_H_
