// Grows by mapping memory itself, 256 KiB at a time; before that cuts, moves and replaces mappings whose sizes its
// functions' names tell.
#include <sys/mman.h>

#include <cstring>
#include <initializer_list>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kKib = 1024, kLeakBytes = 256 * kKib;
constexpr int kAccess = PROT_READ | PROT_WRITE, kOwn = MAP_PRIVATE | MAP_ANONYMOUS;

char* Map(size_t bytes) { return static_cast<char*>(mmap(nullptr, bytes, kAccess, kOwn, -1, 0)); }

KEEP_CALL void MapAndUnmapAll() {
  char* start = Map(1024 * kKib);
  munmap(start, 1024 * kKib);
}

KEEP_CALL void MapAndUnmapInPieces() {
  char* start = Map(1024 * kKib);
  for (const size_t at : {size_t{512}, size_t{0}, size_t{768}, size_t{256}}) munmap(start + at * kKib, 256 * kKib);
}

KEEP_CALL void Keep768AfterCuttingTheMiddle() {
  char* start = Map(1024 * kKib);
  munmap(start + 256 * kKib, 256 * kKib);
}

KEEP_CALL void Keep512AfterUnmappingTwoEndsAtOnce() {
  char* start = Map(2048 * kKib);
  munmap(start + 1024 * kKib, 256 * kKib);
  munmap(start + 256 * kKib, 1536 * kKib);
}

KEEP_CALL void Keep2048AfterGrowing() {
  char* start = Map(1024 * kKib);
  if (mremap(start, 1024 * kKib, 2048 * kKib, MREMAP_MAYMOVE) == MAP_FAILED) abort();
}

KEEP_CALL void Keep1024AfterAGrowthThatFails() {
  char* start = Map(1024 * kKib);
  if (mremap(start, 1024 * kKib, size_t{1} << 60, MREMAP_MAYMOVE) != MAP_FAILED) abort();
}

KEEP_CALL char* Keep0OfWhatIsReplaced() { return Map(1024 * kKib); }

KEEP_CALL void Keep1024OfTheReplacement(char* place) {
  if (mmap(place, 1024 * kKib, kAccess, kOwn | MAP_FIXED, -1, 0) != place) abort();
}

KEEP_CALL void Keep0OfWhatIsNoMemory() {
  if (mmap(nullptr, 1024 * kKib, PROT_NONE, kOwn, -1, 0) == MAP_FAILED) abort();
  if (mmap(nullptr, size_t{1} << 60, kAccess, kOwn, -1, 0) != MAP_FAILED) abort();
}

KEEP_CALL void LeakByMapping() { std::memset(Map(kLeakBytes), 'x', kLeakBytes); }

}  // namespace

int main() {
  LetTheAgentStart();
  MapAndUnmapAll();
  MapAndUnmapInPieces();
  Keep768AfterCuttingTheMiddle();
  Keep512AfterUnmappingTwoEndsAtOnce();
  Keep2048AfterGrowing();
  Keep1024AfterAGrowthThatFails();
  Keep1024OfTheReplacement(Keep0OfWhatIsReplaced());
  Keep0OfWhatIsNoMemory();
  puts("done");
  fflush(stdout);
  getchar();
  AtPace(16e6, kLeakBytes, LeakByMapping, IsTestStillOn);
}
