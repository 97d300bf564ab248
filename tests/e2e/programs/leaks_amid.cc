// leaks_amid TURMOIL [PLUGIN]: leaks at a steady pace on its main thread, while another thread does nothing but TURMOIL,
// until standard input ends.
#include <dlfcn.h>
#include <signal.h>
#include <spawn.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <ucontext.h>

#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kLeakBytes = 4000, kSmallStackBytes = 16 * 1024;

std::atomic<bool> is_over{false};
const char* plugin = nullptr;

KEEP_CALL void LeakAmid() { std::memset(Used(malloc(kLeakBytes)), 'x', kLeakBytes); }

void* AllocateInThread(void* argument) {
  for (size_t i = 1; i < 32; ++i) free(Used(malloc(100 * i)));
  return argument;
}

// A thousand and more a second start and end.
void Threads() {
  pthread_t threads[8];
  for (pthread_t& thread : threads) {
    if (pthread_create(&thread, nullptr, AllocateInThread, nullptr) != 0) abort();
  }
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
}

void Await(pid_t child) {
  int status = -1;
  if (waitpid(child, &status, 0) != child || status != 0) abort();
}

void Forks() {
  const pid_t child = fork();
  if (child == 0) {
    AllocateBytes(256 * 1024);
    _exit(0);
  }
  Await(child);
}

void Spawns() {
  const pid_t child = vfork();
  if (child == 0) _exit(0);
  Await(child);
  char program[] = "/bin/true";
  char* arguments[] = {program, nullptr};
  pid_t spawned;
  if (posix_spawn(&spawned, program, nullptr, nullptr, arguments, environ) != 0) abort();
  Await(spawned);
}

void Plugins() {
  void* library = dlopen(plugin, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) abort();
  const auto plug_in = reinterpret_cast<int (*)(int, char**)>(dlsym(library, "PlugIn"));
  if (plug_in(0, nullptr) != 0) abort();
  dlclose(library);
}

KEEP_CALL int Descend(int levels) {
  void* block = Used(malloc(static_cast<size_t>(levels)));
  const int reached = levels > 1 ? Descend(levels - 1) + 1 : 1;
  free(block);
  return reached;
}

void DeepStacks() {
  constexpr int kLevels = 4000;
  if (Descend(kLevels) != kLevels) abort();
}

ucontext_t outside, fiber;

void AllocateInFiber() {
  for (;;) {
    AllocateInThread(nullptr);
    swapcontext(&fiber, &outside);
  }
}

void Fibers() {
  std::vector<char> stack(kSmallStackBytes);
  getcontext(&fiber);
  fiber.uc_stack.ss_sp = stack.data();
  fiber.uc_stack.ss_size = stack.size();
  makecontext(&fiber, AllocateInFiber, 0);
  for (int i = 0; i < 8; ++i) swapcontext(&outside, &fiber);
}

void AllocateInHandler(int) { AllocateInThread(nullptr); }

// The handler may allocate, because it interrupts nothing but this computation.
void Signals() {
  std::vector<char> place(kSmallStackBytes);
  stack_t stack{place.data(), 0, place.size()};
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = AllocateInHandler;
  action.sa_flags = SA_ONSTACK | SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
  for (int i = 0; i < 1000; ++i) pthread_kill(pthread_self(), SIGUSR1);
  stack.ss_flags = SS_DISABLE;
  sigaltstack(&stack, nullptr);
}

constexpr struct {
  const char* name;
  void (*once)();
} kTurmoils[] = {{"threads", Threads},        {"forks", Forks},   {"spawns", Spawns},   {"plugins", Plugins},
                 {"deep-stacks", DeepStacks}, {"fibers", Fibers}, {"signals", Signals}};

}  // namespace

int main(int argc, char** argv) {
  void (*once)() = nullptr;
  for (const auto& turmoil : kTurmoils) {
    if (argc > 1 && std::strcmp(argv[1], turmoil.name) == 0) once = turmoil.once;
  }
  if (once == nullptr) return 2;
  if (argc > 2) plugin = argv[2];
  std::thread other([once] {
    do once();
    while (!is_over);
  });
  std::thread([] { WaitForEndOfInput(), is_over = true; }).detach();
  AtPace(8e6, kLeakBytes, LeakAmid, [] { return !is_over; });
  other.join();
  puts("done");
}
