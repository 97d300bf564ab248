#ifndef HEADROOM_ALARM_SINKS_RAW_CALL_H_
#define HEADROOM_ALARM_SINKS_RAW_CALL_H_

#include <sys/syscall.h>

namespace headroom {

// A system call without the C library: a process that shares another's memory shares its thread-local errno, too.
// Returns the result, or the negative of the error.
template <typename... Arguments>
[[gnu::always_inline]] inline long RawCall(long number, Arguments... arguments) {
  static_assert(sizeof...(arguments) <= 4);
  const long words[4] = {(long)arguments...};  // numbers and pointers alike
  register long fourth asm("r10") = words[3];
  long result;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(words[0]), "S"(words[1]), "d"(words[2]), "r"(fourth)
               : "rcx", "r11", "memory");
  return result;
}

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_RAW_CALL_H_
