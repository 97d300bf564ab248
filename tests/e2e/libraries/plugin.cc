// A plug-in that allocates in C++, throws and catches, and leaves and takes blocks that C code frees and made.
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct alignas(128) Wide {
  char bytes[256] = {};
};

void Work() {
  std::map<int, std::string> names;
  for (int i = 0; i < 100; ++i) names[i] = std::string(static_cast<size_t>(i), 'x');
  std::vector<std::unique_ptr<Wide>> wide;
  for (int i = 0; i < 10; ++i) wide.push_back(std::make_unique<Wide>());
  if (names.at(99).size() == 99) throw std::runtime_error(names[99]);
}

// libc allocates and the plug-in frees: with RTLD_DEEPBIND they reach the allocator by different ways.
bool FreesWhatLibcMade() {
  char* text = strdup("made in libc");
  const bool is_right = std::strcmp(text, "made in libc") == 0;
  std::free(text);
  return is_right;
}

}  // namespace

extern "C" int PlugIn(int, char**) {
  try {
    Work();
  } catch (const std::runtime_error& error) {
    return std::string(error.what()).size() == 99 && FreesWhatLibcMade() ? 0 : 1;
  }
  return 1;
}
