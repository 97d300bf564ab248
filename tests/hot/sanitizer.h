#ifndef HEADROOM_TESTS_HOT_SANITIZER_H_
#define HEADROOM_TESTS_HOT_SANITIZER_H_

namespace headroom::hot {

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HEADROOM_THREAD_SANITIZER 1
#endif
#elif defined(__SANITIZE_THREAD__)
#define HEADROOM_THREAD_SANITIZER 1
#endif

#ifdef HEADROOM_THREAD_SANITIZER
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#undef HEADROOM_THREAD_SANITIZER

// Repetitions of an atomic operation: ThreadSanitizer makes each some twenty times as dear, and needs few to see a race.
constexpr int Repetitions(int full) { return kThreadSanitizer ? full / 20 : full; }

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_SANITIZER_H_
