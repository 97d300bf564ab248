// Allocates in every way before the constructors of the libraries that come before it, beside a thread of its own, and
// again after their destructors.
#include <sys/mman.h>

#include <cstdlib>
#include <new>
#include <thread>

namespace {

char* survivor = nullptr;

void AllocateInEveryWay() {
  for (int i = 1; i < 1000; ++i) {
    char* block = static_cast<char*>(std::malloc(static_cast<size_t>(i)));
    block[0] = 1;
    std::free(std::realloc(block, static_cast<size_t>(2 * i)));
    std::free(std::calloc(3, 100));
    std::free(std::aligned_alloc(64, 640));
    ::operator delete(::operator new(100));
    ::operator delete[](::operator new[](100, std::align_val_t{64}), std::align_val_t{64});
  }
  constexpr size_t kBytes = 1 << 20;
  void* mapping = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED || munmap(mapping, kBytes) != 0) std::abort();
}

__attribute__((constructor)) void Early() {
  std::thread beside(AllocateInEveryWay);
  AllocateInEveryWay();
  beside.join();
  survivor = static_cast<char*>(std::malloc(1000));
  survivor[999] = 'x';
}

__attribute__((destructor)) void Late() {
  if (survivor[999] != 'x') std::abort();
  std::free(survivor);
  AllocateInEveryWay();
}

}  // namespace
