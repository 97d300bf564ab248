#include "alarm/sinks/back_off.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(BackOff, TheFirstTryIsDueAtOnce) { EXPECT_TRUE(BackOff().IsDue(0)); }

TEST(BackOff, PausesDoubleUpToTheLongest) {
  BackOff back_off;
  double now_s = 1000;
  for (const double pause_s : {1, 2, 4, 8, 16, 32, 60, 60}) {
    back_off.Failed(now_s);
    EXPECT_FALSE(back_off.IsDue(now_s + pause_s - 0.5));
    EXPECT_TRUE(back_off.IsDue(now_s + pause_s));
    now_s += pause_s;
  }
}

TEST(BackOff, ASuccessForgetsThePauses) {
  BackOff back_off;
  back_off.Failed(1000);
  back_off.Failed(1001);
  back_off.Worked();
  EXPECT_TRUE(back_off.IsDue(1001));
  back_off.Failed(1001);
  EXPECT_TRUE(back_off.IsDue(1002));
}

TEST(BackOff, AClockThatIsSetBackDoesNotLengthenAPause) {
  BackOff back_off;
  back_off.Failed(1000);
  EXPECT_TRUE(back_off.IsDue(10));
}

}  // namespace
}  // namespace headroom
