// Allocates as fast as it can on two threads and keeps a GiB meanwhile, at a steady pace, hardly any of it touched; says so, goes on
// until a line comes, falls silent, and keeps as much again. Ends with its standard input.
#include <atomic>
#include <thread>

#include "pace.h"
#include "program.h"

namespace {

constexpr double kKeptBytes = 1 << 30, kBlockBytes = 64 * 1024, kKeepSeconds = 3;

std::atomic<bool> is_on{true};

KEEP_CALL void Storm() {
  while (is_on) free(Used(malloc(64)));
}

KEEP_CALL void KeepInStorm() { Used(malloc(static_cast<size_t>(kBlockBytes))); }
KEEP_CALL void KeepInCalm() { Used(malloc(static_cast<size_t>(kBlockBytes))); }

void KeepAll(void (*keep)()) {
  int left = static_cast<int>(kKeptBytes / kBlockBytes);
  AtPace(kKeptBytes / kKeepSeconds, kBlockBytes, keep, [&] { return left-- > 0; });
}

void Say(const char* what) {
  puts(what);
  fflush(stdout);
}

bool HasLine() {
  char line[16];
  return read(STDIN_FILENO, line, sizeof(line)) > 0;
}

}  // namespace

int main() {
  LetTheAgentStart();
  std::thread first(Storm), second(Storm);
  KeepAll(KeepInStorm);
  Say("kept");
  HasLine();
  is_on = false;
  first.join();
  second.join();
  Say("calm");
  HasLine();
  KeepAll(KeepInCalm);
  SayDoneAndStay();
}
