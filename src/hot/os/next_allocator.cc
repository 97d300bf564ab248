#include "hot/os/next_allocator.h"

#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void __libc_free(void*);
void* __libc_memalign(size_t, size_t);
void* __libc_valloc(size_t);
void* __libc_pvalloc(size_t);
// In libc.a alone, where they come with the ones above.
__attribute__((weak)) int __posix_memalign(void**, size_t, size_t);
__attribute__((weak)) size_t __malloc_usable_size(void*);
}

namespace headroom::hot {

namespace {

constinit bool resolving = false;

// dlsym allocates only to describe a failure, and the four functions it would use are looked up first and exist. Should a
// libc ever allocate there all the same, its own allocator answers: no other could be asked yet.
template <auto LibcFunction, auto Member>
struct First {
  template <typename... Args>
  static auto Call(Args... args) -> decltype(LibcFunction(args...)) {
    if (resolving) return LibcFunction(args...);
    ResolveNextAllocator();
    return (next.*Member)(args...);
  }
};

template <auto Member>
struct Lazy {
  template <typename Result, typename... Args>
  static Result Call(Args... args) {
    ResolveNextAllocator();
    return (next.*Member)(args...);
  }
};

void FreeUnsized(void* block, size_t) { next.free(block); }
void FreeAlignedUnsized(void* block, size_t, size_t) { next.free(block); }

// Where no object comes after ours - we are part of a static executable - libc's functions go by their other names, and its mapping
// calls are made here: by name they would be our own hooks.
void* FailReallocarray(void*, size_t, size_t) { return errno = ENOMEM, nullptr; }  // comes here with an overflow only
void* Map(void* hint, size_t bytes, int protection, int flags, int descriptor, off_t offset) {
  return reinterpret_cast<void*>(syscall(SYS_mmap, hint, bytes, protection, flags, descriptor, offset));
}
int Unmap(void* start, size_t bytes) { return static_cast<int>(syscall(SYS_munmap, start, bytes)); }
void* Remap(void* old_start, size_t old_bytes, size_t new_bytes, int flags, void* wanted) {
  return reinterpret_cast<void*>(syscall(SYS_mremap, old_start, old_bytes, new_bytes, flags, wanted));
}

// True where it is found behind us.
template <typename Function>
bool Find(Function* function, const char* symbol, Function fallback) {
  void* found = FindNext(symbol);
  *function = found != nullptr ? reinterpret_cast<Function>(found) : fallback;
  return found != nullptr;
}

void FindObject() {
  dl_find_object object;
  if (_dl_find_object(reinterpret_cast<void*>(next.malloc), &object) != 0) return;
  next.object_start = reinterpret_cast<uintptr_t>(object.dlfo_map_start);
  next.object_end = reinterpret_cast<uintptr_t>(object.dlfo_map_end);
}

}  // namespace

constinit NextAllocator next{
    .malloc = First<__libc_malloc, &NextAllocator::malloc>::Call<size_t>,
    .free = First<__libc_free, &NextAllocator::free>::Call<void*>,
    .calloc = First<__libc_calloc, &NextAllocator::calloc>::Call<size_t, size_t>,
    .realloc = First<__libc_realloc, &NextAllocator::realloc>::Call<void*, size_t>,
    .reallocarray = Lazy<&NextAllocator::reallocarray>::Call<void*, void*, size_t, size_t>,
    .posix_memalign = Lazy<&NextAllocator::posix_memalign>::Call<int, void**, size_t, size_t>,
    .aligned_alloc = Lazy<&NextAllocator::aligned_alloc>::Call<void*, size_t, size_t>,
    .memalign = Lazy<&NextAllocator::memalign>::Call<void*, size_t, size_t>,
    .valloc = Lazy<&NextAllocator::valloc>::Call<void*, size_t>,
    .pvalloc = Lazy<&NextAllocator::pvalloc>::Call<void*, size_t>,
    .malloc_usable_size = Lazy<&NextAllocator::malloc_usable_size>::Call<size_t, void*>,
    .free_sized = FreeUnsized,
    .free_aligned_sized = FreeAlignedUnsized,
    // Not by a search: these are what a program's own allocator calls while it holds its lock, and a search may allocate.
    .mmap = Map,
    .mmap64 = Map,
    .munmap = Unmap,
    .mremap = Remap,
    .object_start = 0,
    .object_end = 0,
};

void* FindNext(const char* symbol) { return dlsym(RTLD_NEXT, symbol); }

// A look-up that succeeds clears the message. dlerror itself would translate it first, and gettext's lock is no place for a
// constructor: another library's may hold it right now, having allocated inside bindtextdomain.
void ForgetFailedLookups() { FindNext("malloc"); }

bool IsInNextAllocator(const void* function) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(function);
  return address >= next.object_start && address < next.object_end;
}

void ResolveNextAllocator() {
  static constinit bool resolved = false;
  if (resolved || resolving) return;
  resolving = true;
  NextAllocator found = next;
  const bool is_in_other_object = Find(&found.malloc, "malloc", &__libc_malloc);
  Find(&found.calloc, "calloc", &__libc_calloc);
  Find(&found.realloc, "realloc", &__libc_realloc);
  Find(&found.free, "free", &__libc_free);
  next = found;
  resolving = false;
  resolved = true;
  Find(&next.reallocarray, "reallocarray", FailReallocarray);
  Find(&next.posix_memalign, "posix_memalign", __posix_memalign);
  Find(&next.aligned_alloc, "aligned_alloc", __libc_memalign);
  Find(&next.memalign, "memalign", __libc_memalign);
  Find(&next.valloc, "valloc", __libc_valloc);
  Find(&next.pvalloc, "pvalloc", __libc_pvalloc);
  Find(&next.malloc_usable_size, "malloc_usable_size", __malloc_usable_size);
  Find(&next.mmap, "mmap", Map);
  Find(&next.mmap64, "mmap64", Map);
  Find(&next.munmap, "munmap", Unmap);
  Find(&next.mremap, "mremap", Remap);
  Find(&next.free_sized, "free_sized", FreeUnsized);
  Find(&next.free_aligned_sized, "free_aligned_sized", FreeAlignedUnsized);
  ForgetFailedLookups();
  if (is_in_other_object) FindObject();
}

}  // namespace headroom::hot
