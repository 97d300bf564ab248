// Forks a hundred and fifty children while other threads allocate. Each child allocates, some start threads too, and
// must end in good order.
#include <sys/wait.h>

#include <atomic>
#include <thread>
#include <vector>

#include "program.h"

namespace {

constexpr int kChildren = 150;
std::atomic<bool> is_over{false};

void Churn() {
  void* blocks[64] = {};
  for (unsigned i = 0; !is_over; ++i) {
    void*& block = blocks[i % 64];
    free(block);
    block = Used(malloc(i * 2654435761u % 5000));
  }
  for (void* block : blocks) free(block);
}

[[noreturn]] void LiveAsChild(bool starts_thread) {
  constexpr unsigned kDeadlineSeconds = 30;
  alarm(kDeadlineSeconds);
  AllocateBytes(1 << 18);
  if (starts_thread) std::thread([] { AllocateBytes(1 << 18); }).join();
  _exit(0);
}

bool EndsWell(pid_t child) {
  int status = -1;
  if (waitpid(child, &status, 0) != child || status != 0) printf("child %d ended with %d\n", child, status);
  return status == 0;
}

}  // namespace

int main() {
  LetTheAgentStart();
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back(Churn);
  int ended_well = 0;
  for (int i = 0; i < kChildren; ++i) {
    const pid_t child = fork();
    if (child == 0) LiveAsChild(i % 4 == 0);
    ended_well += EndsWell(child);
  }
  is_over = true;
  for (std::thread& thread : threads) thread.join();
  return ended_well == kChildren ? 0 : 1;
}
