#include "hot/hooks/operator_new.h"

#include <dlfcn.h>

#include <cstdlib>

#include "hot/hooks/hooked.h"
#include "hot/hooks/record.h"
#include "hot/os/next_allocator.h"

// The forms by their mangled names, so that no <new> is needed: n = new, d = delete; w, l = one object, a = array.
// V(symbol, parameters, arguments) with the size (of new) or the block (of delete) named so.
#define HEADROOM_NEW_FORMS(V)                                                                          \
  V(_Znwm, (size_t size), (size))                                                                      \
  V(_Znam, (size_t size), (size))                                                                      \
  V(_ZnwmRKSt9nothrow_t, (size_t size, const void* tag), (size, tag))                                  \
  V(_ZnamRKSt9nothrow_t, (size_t size, const void* tag), (size, tag))                                  \
  V(_ZnwmSt11align_val_t, (size_t size, size_t alignment), (size, alignment))                          \
  V(_ZnamSt11align_val_t, (size_t size, size_t alignment), (size, alignment))                          \
  V(_ZnwmSt11align_val_tRKSt9nothrow_t, (size_t size, size_t alignment, const void* tag), (size, alignment, tag)) \
  V(_ZnamSt11align_val_tRKSt9nothrow_t, (size_t size, size_t alignment, const void* tag), (size, alignment, tag))

#define HEADROOM_DELETE_FORMS(V)                                                                       \
  V(_ZdlPv, (void* block), (block))                                                                    \
  V(_ZdaPv, (void* block), (block))                                                                    \
  V(_ZdlPvm, (void* block, size_t size), (block, size))                                                \
  V(_ZdaPvm, (void* block, size_t size), (block, size))                                                \
  V(_ZdlPvRKSt9nothrow_t, (void* block, const void* tag), (block, tag))                                \
  V(_ZdaPvRKSt9nothrow_t, (void* block, const void* tag), (block, tag))                                \
  V(_ZdlPvSt11align_val_t, (void* block, size_t alignment), (block, alignment))                        \
  V(_ZdaPvSt11align_val_t, (void* block, size_t alignment), (block, alignment))                        \
  V(_ZdlPvmSt11align_val_t, (void* block, size_t size, size_t alignment), (block, size, alignment))    \
  V(_ZdaPvmSt11align_val_t, (void* block, size_t size, size_t alignment), (block, size, alignment))    \
  V(_ZdlPvSt11align_val_tRKSt9nothrow_t, (void* block, size_t alignment, const void* tag), (block, alignment, tag)) \
  V(_ZdaPvSt11align_val_tRKSt9nothrow_t, (void* block, size_t alignment, const void* tag), (block, alignment, tag))

namespace headroom::hot {
namespace {

// What to do without a next operator: a C program that loads C++ code later, or out of sight. The fallbacks do what the C++
// standard asks of operator new, through our own malloc.

void* Allocate(size_t size, size_t alignment) {
  if (size == 0) size = 1;
  return alignment == 0 ? headroom_hooked_malloc(size)
                        : headroom_hooked_aligned_alloc(alignment, (size + alignment - 1) & -alignment);
}

// Only now, with memory gone, is it worth finding out whether a C++ library came since: its operator runs the program's new handler
// and throws, or catches what the handler throws. nullptr where there is none.
template <typename... Args>
void* AskLibrary(const char* symbol, size_t size, Args... args) {
  void* library = dlopen("libstdc++.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (library == nullptr) return nullptr;
  const auto allocate = reinterpret_cast<void* (*)(size_t, Args...)>(dlsym(library, symbol));
  return allocate != nullptr ? allocate(size, args...) : nullptr;
}

// Without a library there is nobody to tell, and the caller of an operator that throws does not look at null.
void* NotNull(void* block) {
  if (block == nullptr) abort();
  return block;
}

void* Fallback_Znwm(size_t size) {
  void* block = Allocate(size, 0);
  return block != nullptr ? block : NotNull(AskLibrary("_Znwm", size));
}
void* Fallback_ZnwmSt11align_val_t(size_t size, size_t alignment) {
  void* block = Allocate(size, alignment);
  return block != nullptr ? block : NotNull(AskLibrary("_ZnwmSt11align_val_t", size, alignment));
}
void* Fallback_ZnwmRKSt9nothrow_t(size_t size, const void* tag) {
  void* block = Allocate(size, 0);
  return block != nullptr ? block : AskLibrary("_ZnwmRKSt9nothrow_t", size, tag);
}
void* Fallback_ZnwmSt11align_val_tRKSt9nothrow_t(size_t size, size_t alignment, const void* tag) {
  void* block = Allocate(size, alignment);
  return block != nullptr ? block : AskLibrary("_ZnwmSt11align_val_tRKSt9nothrow_t", size, alignment, tag);
}
constexpr auto Fallback_Znam = Fallback_Znwm;
constexpr auto Fallback_ZnamSt11align_val_t = Fallback_ZnwmSt11align_val_t;
constexpr auto Fallback_ZnamRKSt9nothrow_t = Fallback_ZnwmRKSt9nothrow_t;
constexpr auto Fallback_ZnamSt11align_val_tRKSt9nothrow_t = Fallback_ZnwmSt11align_val_tRKSt9nothrow_t;

// Before the constructor has run, the first operator in the process settles them all.
#define HEADROOM_DECLARE_FIRST_NEW(symbol, parameters, arguments) void* First##symbol parameters;
#define HEADROOM_DECLARE_FIRST_DELETE(symbol, parameters, arguments) void First##symbol parameters;
HEADROOM_NEW_FORMS(HEADROOM_DECLARE_FIRST_NEW)
HEADROOM_DELETE_FORMS(HEADROOM_DECLARE_FIRST_DELETE)

// Two pointers a form: what the exported symbol jumps to, and the real next one behind it.
struct NextOperators {
#define HEADROOM_DECLARE_NEW(symbol, parameters, arguments) \
  void* (*entry##symbol) parameters = First##symbol;        \
  void* (*real##symbol) parameters = nullptr;
#define HEADROOM_DECLARE_DELETE(symbol, parameters, arguments) \
  void (*entry##symbol) parameters = First##symbol;            \
  void (*real##symbol) parameters = nullptr;
  HEADROOM_NEW_FORMS(HEADROOM_DECLARE_NEW)
  HEADROOM_DELETE_FORMS(HEADROOM_DECLARE_DELETE)
};
constinit NextOperators operators{};

#define HEADROOM_FIRST_NEW(symbol, parameters, arguments) \
  void* First##symbol parameters {                        \
    ResolveNextOperators();                               \
    return operators.entry##symbol arguments;             \
  }
#define HEADROOM_FIRST_DELETE(symbol, parameters, arguments) \
  void First##symbol parameters {                            \
    ResolveNextOperators();                                  \
    operators.entry##symbol arguments;                       \
  }
HEADROOM_NEW_FORMS(HEADROOM_FIRST_NEW)
HEADROOM_DELETE_FORMS(HEADROOM_FIRST_DELETE)

#define HEADROOM_COUNTED_NEW(symbol, parameters, arguments)                          \
  __attribute__((noinline)) void* Slow##symbol parameters {                    \
    const uint64_t weight = BeginAllocation(size);                                   \
    void* block = operators.real##symbol arguments;                                  \
    EndAllocation(block, size, weight, CallerOf(__builtin_frame_address(0)));        \
    return block;                                                                    \
  }                                                                                  \
  void* Counted##symbol parameters {                                                 \
    if (CountDown(size)) [[likely]] return operators.real##symbol arguments;         \
    return Slow##symbol arguments;                                                   \
  }
HEADROOM_NEW_FORMS(HEADROOM_COUNTED_NEW)

#define HEADROOM_COUNTED_DELETE(symbol, parameters, arguments)                       \
  void Counted##symbol parameters {                                                  \
    if (MayBeSampled(block)) [[unlikely]] ForgetBlock(block);                        \
    operators.real##symbol arguments;                                                \
  }                                                                                  \
  void Fallback##symbol parameters {                                                 \
    static_cast<void>(sizeof arguments);                                             \
    headroom_hooked_free(block);                                                                     \
  }
HEADROOM_DELETE_FORMS(HEADROOM_COUNTED_DELETE)

template <typename Function>
void Settle(const char* symbol, Function* entry, Function* real, Function counted, Function fallback) {
  *real = reinterpret_cast<Function>(FindNext(symbol));
  if (*real == nullptr) {
    *entry = fallback;
  } else {
    *entry = IsInNextAllocator(reinterpret_cast<const void*>(*real)) ? counted : *real;
  }
}

}  // namespace

void ResolveNextOperators() {
  if (operators.entry_ZdlPv != First_ZdlPv) return;
  ResolveNextAllocator();
  NextOperators found;
#define HEADROOM_SETTLE(symbol, parameters, arguments) \
  Settle(#symbol, &found.entry##symbol, &found.real##symbol, &Counted##symbol, +Fallback##symbol);
  HEADROOM_NEW_FORMS(HEADROOM_SETTLE)
  HEADROOM_DELETE_FORMS(HEADROOM_SETTLE)
  ForgetFailedLookups();
  operators = found;
}

}  // namespace headroom::hot

#define HEADROOM_EXPORT_NEW(symbol, parameters, arguments)                      \
  extern "C" __attribute__((visibility("default"))) void* symbol parameters {   \
    return headroom::hot::operators.entry##symbol arguments;                    \
  }
#define HEADROOM_EXPORT_DELETE(symbol, parameters, arguments)                   \
  extern "C" __attribute__((visibility("default"))) void symbol parameters {    \
    headroom::hot::operators.entry##symbol arguments;                           \
  }
HEADROOM_NEW_FORMS(HEADROOM_EXPORT_NEW)
HEADROOM_DELETE_FORMS(HEADROOM_EXPORT_DELETE)
