#include "agent/hook_check.h"

#include <cstdint>

#include "hot/hooks/hooked.h"
#include "hot/sampler/sampler.h"

namespace headroom {

bool HooksAreInFront() {
  const volatile uint64_t& countdown = hot::thread_state.bytes_until_sample;
  headroom_public_free(headroom_public_malloc(1));  // a first call may draw a new countdown
  const uint64_t before = countdown;
  headroom_public_free(headroom_public_malloc(1));
  return countdown != before;
}

}  // namespace headroom
