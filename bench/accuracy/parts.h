#ifndef HEADROOM_BENCH_ACCURACY_PARTS_H_
#define HEADROOM_BENCH_ACCURACY_PARTS_H_

#include "bench/accuracy/builder.h"

namespace headroom::lab {

// What several families are made of.

void AddFlatBackground(Builder& b);

// A site whose objects live about so long, exponentially; at load 1 it holds so many bytes.
void AddSessions(Builder& b, const Load& load, double bytes, double mean_hours);

// A bounded cache: fills evenly within so many hours, then evicts the oldest or any. Returns its site.
uint64_t AddCache(Builder& b, double start_tick, double bytes, double fill_hours);

// Grows to a tenth to half of the background, then all of it goes at once.
void AddSawtooth(Builder& b, double period_hours);

// The day's load: highest at a random time of it.
Load DailyLoad(Builder& b);

// The week's: two of seven days are quiet.
Load WeeklyLoad(Builder& b);

// Looks that the agent misses: one in ten, and now and then some hours on end.
std::function<bool(uint64_t tick)> MissedNowAndThen(Builder& b);

// A limit that is moved each day or so, up to twice its lowest.
Load MovingLimit(Builder& b);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_PARTS_H_
