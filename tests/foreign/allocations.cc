// allocations PLUGIN: exceptions, a coroutine, threads, and the plug-in a hundred times; prints what it found.
#include <dlfcn.h>

#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

struct Numbers {
  struct promise_type {
    size_t value = 0;
    Numbers get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(size_t next) {
      value = next;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

Numbers Sizes() {
  std::string text;
  for (;;) {
    text += "a coroutine's frame is a block of the heap; ";
    co_yield text.size();
  }
}

size_t SumOfCoroutines() {
  size_t sum = 0;
  for (int i = 0; i < 2000; ++i) {
    const Numbers sizes = Sizes();
    for (int step = 0; step < 5; ++step) {
      sizes.handle.resume();
      sum += sizes.handle.promise().value;
    }
    sizes.handle.destroy();
  }
  return sum;
}

void Throw(int depth) {
  const std::string held(static_cast<size_t>(depth), 'x');
  if (depth == 0) throw std::runtime_error("from the depth");
  Throw(depth - 1);
}

int Caught() {
  int caught = 0;
  for (int i = 0; i < 300; ++i) {
    try {
      Throw(i % 100);
    } catch (const std::runtime_error&) {
      ++caught;
    }
  }
  return caught;
}

size_t Containers() {
  std::map<std::string, std::list<std::vector<int>>> all;
  for (int i = 0; i < 5000; ++i) all[std::to_string(i % 97)].emplace_back(i % 50, i);
  size_t sum = 0;
  for (const auto& [name, lists] : all) sum += name.size() * lists.size();
  return sum;
}

int PlugIns(const char* path) {
  int worked = 0;
  for (int i = 0; i < 100; ++i) {
    void* library = dlopen(path, RTLD_NOW);
    worked += library != nullptr && reinterpret_cast<int (*)(int, char**)>(dlsym(library, "PlugIn"))(0, nullptr) == 0;
    if (library != nullptr) dlclose(library);
  }
  return worked;
}

}  // namespace

int main(int, char** argv) {
  std::vector<std::thread> threads;
  size_t sums[4];
  for (size_t& sum : sums) threads.emplace_back([&sum] { sum = SumOfCoroutines() + Containers(); });
  std::printf("%d caught, %d plug-ins\n", Caught(), PlugIns(argv[1]));
  for (std::thread& thread : threads) thread.join();
  for (const size_t sum : sums) std::printf("%zu\n", sum);
  struct alignas(256) Wide {
    char bytes[512];
  };
  const auto wide = std::make_unique<Wide[]>(7);
  std::printf("aligned %d\n", reinterpret_cast<uintptr_t>(wide.get()) % 256 == 0);
}
