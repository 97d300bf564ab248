#ifndef HEADROOM_BENCH_HOT_READINESS_H_
#define HEADROOM_BENCH_HOT_READINESS_H_

namespace headroom::bench {

// Allocates until the process has that many threads, so that whatever is preloaded has started its own; ends the
// program when they do not come within ten seconds. The blocks are small, so that the heap stays as it was.
void AwaitThreads(long threads);

// Says "ready" on standard output and waits for the end of standard input.
void AwaitStarter();

// With headroom preloaded: from now on nothing that this thread allocates is sampled, or again is. A live sample of the
// start beside a loop's blocks would make their samples dearer, in one build and not in the next.
void KeepUnsampled(bool keep);

}  // namespace headroom::bench

#endif  // HEADROOM_BENCH_HOT_READINESS_H_
