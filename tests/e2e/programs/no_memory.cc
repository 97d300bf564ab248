// Lets every n-th allocation fail, for many n, and prints what the program saw of it: with libraries/failing_malloc.c in
// front of the C library.
#include <dlfcn.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <new>

#include "program.h"

namespace {

constexpr unsigned kMostEvery = 64, kRounds = 40;

void (*fail_every)(unsigned);

uint64_t seen = 0;  // a digest of every answer, errno included

void See(uint64_t what) { seen = (seen ^ what) * 0x9E3779B97F4A7C15u; }

// A block that came with what is written into it, or none.
char* Look(void* block, size_t size) {
  See(block != nullptr ? 1 : 2 + static_cast<uint64_t>(errno));
  if (block != nullptr) std::memset(block, 'x', size);
  errno = 0;
  return static_cast<char*>(Used(block));
}

// A failed realloc leaves the old block as it was.
char* Grow(char* block, size_t old_size, size_t size) {
  const bool was_there = block != nullptr;
  void* larger = realloc(block, size);
  See(larger != nullptr ? 3 : 4);
  char* kept = static_cast<char*>(larger != nullptr ? larger : block);
  for (size_t i = 0; was_there && i < old_size; ++i) See(static_cast<unsigned char>(kept[i]));
  return kept;
}

void* ByNew(size_t size) {
  try {
    return ::operator new(size);
  } catch (const std::bad_alloc&) {
    See(5);
    return nullptr;
  }
}

void Round(size_t size) {
  void* aligned = nullptr;
  See(static_cast<uint64_t>(posix_memalign(&aligned, 64, size)));
  void* const blocks[] = {Grow(Look(malloc(size), size), size, 3 * size),
                          Look(calloc(3, size), 3 * size),
                          Look(aligned_alloc(64, 64 * size), 64 * size),
                          Look(::operator new(size, std::nothrow), size),
                          Look(ByNew(size), size),
                          Look(aligned, size)};
  for (void* block : blocks) free(block);
}

}  // namespace

int main() {
  fail_every = reinterpret_cast<void (*)(unsigned)>(dlsym(RTLD_DEFAULT, "FailEvery"));
  const auto calls_of_others = reinterpret_cast<unsigned (*)()>(dlsym(RTLD_DEFAULT, "CallsOfOthers"));
  if (fail_every == nullptr || calls_of_others == nullptr) return 2;
  LetTheAgentStart();
  const unsigned others_before = calls_of_others();
  for (unsigned every = 1; every <= kMostEvery; ++every) {
    fail_every(every);
    for (unsigned round = 1; round <= kRounds; ++round) Round(round * 37);
    fail_every(0);
    printf("%u %llx\n", every, static_cast<unsigned long long>(seen));
  }
  puts("work is over");
  SayDoneAndStay();
  printf("%u calls by other threads\n", calls_of_others() - others_before);
}
