// Its main thread ends, and the threads that it started go on allocating for a while; the last one ends the program.
#include <thread>

#include "program.h"

namespace {

void Work() {
  for (int i = 0; i < 50; ++i) AllocateBytes(64 * 1024);
}

}  // namespace

int main() {
  atexit([] { puts("bye"); });
  for (int i = 0; i < 4; ++i) std::thread(Work).detach();
  pthread_exit(nullptr);
}
