// Allocates as fast as it can, on two threads, until its standard input ends.
#include <atomic>
#include <thread>

#include "program.h"

namespace {

std::atomic<bool> is_on{true};

KEEP_CALL void Storm() {
  while (is_on) free(Used(malloc(64)));
}

}  // namespace

int main() {
  std::thread first(Storm), second(Storm);
  SayDoneAndStay();
  is_on = false;
  first.join();
  second.join();
}
