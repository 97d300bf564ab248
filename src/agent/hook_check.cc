#include "agent/hook_check.h"

#include <dlfcn.h>

#include <cstddef>

#include "hot/sampler/sampler.h"

namespace headroom {

bool HooksAreInFront() {
  const auto allocate = reinterpret_cast<void* (*)(size_t)>(dlsym(RTLD_DEFAULT, "malloc"));
  const auto release = reinterpret_cast<void (*)(void*)>(dlsym(RTLD_DEFAULT, "free"));
  if (allocate == nullptr || release == nullptr) return false;
  const volatile uint64_t& countdown = hot::thread_state.bytes_until_sample;
  release(allocate(1));  // a first call may draw a new countdown
  const uint64_t before = countdown;
  release(allocate(1));
  return countdown != before;
}

}  // namespace headroom
