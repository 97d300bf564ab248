// Two thousand short threads. Each keeps one block for good, allocates others of which the next threads free half, and
// allocates again while it ends: in the destructors of thread_local objects and of thread-specific keys.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "program.h"

namespace {

constexpr int kRounds = 250, kThreadsAtOnce = 8, kBlocks = 64, kPassedOn = 4096;

std::atomic<char*> passed_on[kPassedOn];
std::atomic<unsigned> passes{0};
pthread_key_t key;

KEEP_CALL void KeepForGood() { Used(malloc(100)); }

KEEP_CALL void PassOn(char* block) { free(passed_on[passes++ % kPassedOn].exchange(block)); }

KEEP_CALL void Churn() {
  std::vector<char*> blocks;
  for (int i = 1; i <= kBlocks; ++i) blocks.push_back(static_cast<char*>(Used(malloc(37 * static_cast<size_t>(i)))));
  for (int i = 0; i < kBlocks; ++i) {
    blocks[i][0] = 1;
    i % 2 == 0 ? free(blocks[i]) : PassOn(blocks[i]);
  }
}

struct LastWords {
  std::string words = std::string(300, 'x');
  ~LastWords() {
    Churn();
    words += std::string(3000, 'y');
  }
};
thread_local LastWords last_words;

// A key's destructor may set the key again: then it is called again, up to four times.
void LastKey(void* value) {
  Churn();
  const auto rounds = reinterpret_cast<uintptr_t>(value);
  if (rounds > 1) pthread_setspecific(key, reinterpret_cast<void*>(rounds - 1));
}

void Live() {
  KeepForGood();
  last_words.words[0] = 'z';
  pthread_setspecific(key, reinterpret_cast<void*>(3));
  Churn();
}

void AllocateAtExit() { Churn(); }

}  // namespace

int main() {
  LetTheAgentStart();
  pthread_key_create(&key, LastKey);
  atexit(AllocateAtExit);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreadsAtOnce; ++i) threads.emplace_back(Live);
    for (std::thread& thread : threads) thread.join();
  }
  for (std::atomic<char*>& block : passed_on) free(block.exchange(nullptr));
  SayDoneAndStay();
}
