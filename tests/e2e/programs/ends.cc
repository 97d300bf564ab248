// ends HOW: comes to its end that way, in the middle of what four other threads allocate and free.
#include <signal.h>

#include <cstdint>
#include <cstring>
#include <exception>
#include <thread>

#include "program.h"

namespace {

void Churn() {
  void* blocks[64] = {};
  for (uint32_t i = 0;; ++i) {
    void*& block = blocks[i % 64];
    free(block);
    block = Used(malloc(i * 2654435761u % 5000));
  }
}

void ChurnForAWhile() {
  for (int i = 0; i < 20; ++i) AllocateBytes(64 * 1024);
}

void SayBye() {
  AllocateBytes(64 * 1024);
  if (write(STDOUT_FILENO, "bye\n", 4) != 4) abort();
}

constexpr int kStatus = 3;

constexpr struct {
  const char* name;
  void (*end)();
} kEnds[] = {
    {"exit", [] { exit(kStatus); }},
    {"quick_exit", [] { quick_exit(kStatus); }},
    {"_exit", [] { _exit(kStatus); }},
    {"abort", abort},
    {"terminate", std::terminate},
    {"signal", [] { raise(SIGTERM); }},
    {"exit-of-another-thread", [] { std::thread([] { exit(kStatus); }).join(); }},
    {"exec", [] { execl("/bin/sh", "sh", "-c", "echo executed; exit 3", nullptr); }},
};

}  // namespace

int main(int, char** argv) {
  atexit(SayBye);
  at_quick_exit(SayBye);
  for (int i = 0; i < 4; ++i) std::thread(Churn).detach();
  ChurnForAWhile();
  for (const auto& end : kEnds) {
    if (std::strcmp(argv[1], end.name) == 0) end.end();
  }
}
