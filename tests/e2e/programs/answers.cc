// Prints what every function of the malloc family and every form of operator new and delete answers, good calls and
// bad.
#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <new>
#include <string>

#include "program.h"

extern "C" {
void free_sized(void* block, size_t size) __attribute__((weak));
void free_aligned_sized(void* block, size_t alignment, size_t size) __attribute__((weak));
}

// Declared here for compilers that leave the sized forms out unless asked.
void operator delete(void* block, size_t size) noexcept;
void operator delete[](void* block, size_t size) noexcept;
void operator delete(void* block, size_t size, std::align_val_t alignment) noexcept;
void operator delete[](void* block, size_t size, std::align_val_t alignment) noexcept;

namespace {

constexpr int kUntouched = 77;
volatile size_t zero = 0, huge = SIZE_MAX - 4096, half = SIZE_MAX / 2 + 1;

bool IsAligned(const void* block, size_t alignment) { return reinterpret_cast<uintptr_t>(block) % alignment == 0; }

void Show(const char* call, void* block, size_t alignment = alignof(std::max_align_t)) {
  const int error = errno;
  Used(block);
  const char* answer = block != nullptr ? "a block" : "null";
  std::printf("%s: %s, errno %d, aligned %d\n", call, answer, error, IsAligned(block, alignment));
  errno = kUntouched;
}

void ShowFreed(const char* call) {
  std::printf("%s: errno %d\n", call, errno);
  errno = kUntouched;
}

void ShowAndFree(const char* call, void* block, size_t alignment = alignof(std::max_align_t)) {
  Show(call, block, alignment);
  free(block);
  ShowFreed("  free");
}

bool IsFilledWith(const void* block, size_t bytes, unsigned char value) {
  const unsigned char* byte = static_cast<const unsigned char*>(block);
  for (size_t i = 0; i < bytes; ++i) {
    if (byte[i] != value) return false;
  }
  return true;
}

void* Filled(size_t bytes) { return std::memset(malloc(bytes), 0x5A, bytes); }

void UsableSizes() {
  for (const size_t size : {size_t{1}, size_t{24}, size_t{100}, size_t{1000}, size_t{1} << 20}) {
    void* block = malloc(size);
    Show("malloc", block);
    std::printf("  usable: %zu of %zu\n", malloc_usable_size(block), size);
    free(block);
  }
  std::printf("usable of null: %zu\n", malloc_usable_size(nullptr));
}

void Malloc() {
  ShowAndFree("malloc(0)", malloc(zero));
  ShowAndFree("malloc(huge)", malloc(huge));
  ShowAndFree("malloc(half)", malloc(half));
  ShowAndFree("free(null)", nullptr);
}

void Calloc() {
  void* dirty = Filled(1000);
  free(dirty);
  void* block = calloc(10, 100);
  std::printf("calloc: zeroed %d\n", IsFilledWith(block, 1000, 0));
  ShowAndFree("calloc", block);
  ShowAndFree("calloc(0, 8)", calloc(zero, 8));
  ShowAndFree("calloc(8, 0)", calloc(8, zero));
  ShowAndFree("calloc(overflow)", calloc(half, 2));
  ShowAndFree("calloc(overflow to small)", calloc(half, 4));
  ShowAndFree("calloc(huge)", calloc(1, huge));
}

void Realloc() {
  void* volatile block = realloc(nullptr, 50);  // volatile: it is used again after a realloc that failed
  Show("realloc(null, 50)", block);
  std::memset(block, 0x5A, 50);
  for (const size_t size : {size_t{60}, size_t{5000}, size_t{1} << 20, size_t{1} << 22, size_t{40}}) {
    block = realloc(block, size);
    std::printf("contents %d\n", IsFilledWith(block, size < 50 ? size : 50, 0x5A));
    Show("realloc", block);
  }
  Show("realloc(huge)", realloc(block, huge));
  Show("realloc(half)", realloc(block, half));
  std::printf("contents after failure %d\n", IsFilledWith(block, 40, 0x5A));
  Show("reallocarray(overflow)", reallocarray(block, half, 2));
  Show("reallocarray(overflow to small)", reallocarray(block, half, 4));
  block = reallocarray(block, 30, 30);
  std::printf("contents after reallocarray %d\n", IsFilledWith(block, 40, 0x5A));
  ShowAndFree("reallocarray", block);
  ShowAndFree("reallocarray(null)", reallocarray(nullptr, 3, 5));
  ShowAndFree("realloc(block, 0)", realloc(Filled(100), zero));
  ShowAndFree("realloc(null, 0)", realloc(nullptr, zero));
}

void PosixMemalign(size_t alignment, size_t size) {
  void* const before = &errno;
  void* block = before;
  const int error = posix_memalign(&block, alignment, size);
  std::printf("posix_memalign(%zu): error %d, untouched %d\n", alignment, error, block == before);
  if (error == 0) ShowAndFree("posix_memalign", block, alignment);
}

void Aligned() {
  for (const size_t alignment : {size_t{8}, size_t{64}, size_t{4096}, size_t{1} << 21}) {
    PosixMemalign(alignment, 100);
    ShowAndFree("aligned_alloc", aligned_alloc(alignment, 2 * alignment), alignment);
    ShowAndFree("memalign", memalign(alignment, 100), alignment);
  }
  for (const size_t bad : {size_t{0}, size_t{3}, size_t{4}, size_t{24}}) PosixMemalign(bad, 100);
  PosixMemalign(64, huge);
  PosixMemalign(64, zero);
  ShowAndFree("aligned_alloc(huge)", aligned_alloc(64, huge));
  ShowAndFree("aligned_alloc(0)", aligned_alloc(64, zero), 64);
  ShowAndFree("memalign(huge)", memalign(64, huge));
  ShowAndFree("valloc", valloc(100), 4096);
  ShowAndFree("valloc(huge)", valloc(huge));
}

void Pvalloc() {
  ShowAndFree("pvalloc", pvalloc(100), 4096);
  ShowAndFree("pvalloc(huge)", pvalloc(huge));
}

void Sized() {
  void* block = malloc(100);
  errno = kUntouched;
  free_sized != nullptr ? free_sized(block, 100) : free(block);
  ShowFreed("free_sized");
  block = aligned_alloc(64, 128);
  errno = kUntouched;
  free_aligned_sized != nullptr ? free_aligned_sized(block, 64, 128) : free(block);
  ShowFreed("free_aligned_sized");
}

void Strings() {
  ShowAndFree("strdup", strdup("a name"));
  ShowAndFree("strndup", strndup("a name", 3));
  char* text = nullptr;
  std::printf("asprintf %d\n", asprintf(&text, "%0200d", 1));
  ShowAndFree("asprintf", text);
}

constexpr std::align_val_t kWide{256};

void New() {
  const std::nothrow_t& quiet = std::nothrow;
  for (const size_t size : {size_t{0}, size_t{100}, size_t{1} << 20}) {
    void* one = ::operator new(size);
    Show("new", one);
    ::operator delete(one);
    ShowFreed("delete");
    one = ::operator new(size);
    ::operator delete(one, size);
    ShowFreed("sized delete");
    one = ::operator new(size, quiet);
    Show("nothrow new", one);
    ::operator delete(one, quiet);
    ShowFreed("nothrow delete");
    one = ::operator new[](size);
    Show("new[]", one);
    ::operator delete[](one);
    one = ::operator new[](size);
    ::operator delete[](one, size);
    one = ::operator new[](size, quiet);
    Show("nothrow new[]", one);
    ::operator delete[](one, quiet);
    ShowFreed("array deletes");
  }
}

void AlignedNew() {
  const std::nothrow_t& quiet = std::nothrow;
  for (const size_t size : {size_t{0}, size_t{100}, size_t{1} << 20}) {
    void* one = ::operator new(size, kWide);
    Show("aligned new", one, 256);
    ::operator delete(one, kWide);
    one = ::operator new(size, kWide);
    ::operator delete(one, size, kWide);
    one = ::operator new(size, kWide, quiet);
    Show("aligned nothrow new", one, 256);
    ::operator delete(one, kWide, quiet);
    one = ::operator new[](size, kWide);
    Show("aligned new[]", one, 256);
    ::operator delete[](one, kWide);
    one = ::operator new[](size, kWide);
    ::operator delete[](one, size, kWide);
    one = ::operator new[](size, kWide, quiet);
    Show("aligned nothrow new[]", one, 256);
    ::operator delete[](one, kWide, quiet);
    ShowFreed("aligned deletes");
  }
}

template <typename Call>
void ShowThrown(const char* call, Call allocate) {
  try {
    Show(call, allocate());
  } catch (const std::bad_alloc& error) {
    std::printf("%s: caught %s\n", call, error.what());
  }
}

void FailingNew() {
  const std::nothrow_t& quiet = std::nothrow;
  ShowThrown("new(huge)", [] { return ::operator new(huge); });
  ShowThrown("new[](huge)", [] { return ::operator new[](huge); });
  ShowThrown("aligned new(huge)", [] { return ::operator new(huge, kWide); });
  ShowThrown("aligned new[](huge)", [] { return ::operator new[](huge, kWide); });
  ShowThrown("nothrow new(huge)", [&] { return ::operator new(huge, quiet); });
  ShowThrown("nothrow new[](huge)", [&] { return ::operator new[](huge, quiet); });
  ShowThrown("aligned nothrow new(huge)", [&] { return ::operator new(huge, kWide, quiet); });
  ShowThrown("aligned nothrow new[](huge)", [&] { return ::operator new[](huge, kWide, quiet); });
}

int handler_calls = 0;

void GiveUpTheThirdTime() {
  if (++handler_calls == 3) std::set_new_handler(nullptr);
}

struct OutOfRoom : std::bad_alloc {
  const char* what() const noexcept override { return "out of room"; }
};

[[noreturn]] void Throw() { throw OutOfRoom(); }

void NewHandlers() {
  std::set_new_handler(GiveUpTheThirdTime);
  ShowThrown("new(huge) with a handler", [] { return ::operator new(huge); });
  std::printf("the handler ran %d times\n", handler_calls);
  std::set_new_handler(Throw);
  ShowThrown("new(huge) with a throwing handler", [] { return ::operator new(huge); });
  ShowThrown("nothrow new(huge) with a throwing handler", [] { return ::operator new(huge, std::nothrow); });
  std::set_new_handler(nullptr);
}

}  // namespace

// "--without-pvalloc" for allocators that have none: glibc's would hand out blocks that they cannot free.
// "--without-failing-new" for allocators that abort there.
int main(int argc, char** argv) {
  const auto is_wanted = [&](const char* part) {
    return std::find(argv, argv + argc, "--without-" + std::string(part)) == argv + argc;
  };
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  errno = kUntouched;
  UsableSizes();
  Malloc();
  Calloc();
  Realloc();
  Aligned();
  if (is_wanted("pvalloc")) Pvalloc();
  Sized();
  Strings();
  New();
  AlignedNew();
  if (!is_wanted("failing-new")) return 0;
  FailingNew();
  NewHandlers();
  return 0;
}
