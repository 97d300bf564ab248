#include "debuginfo/debuginfod.h"

#include <dlfcn.h>
#include <elfutils/debuginfod.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

namespace headroom {
namespace {

// Opened when it is wanted: it brings a whole HTTP client with it.
class Client {
 public:
  Client() : library_(dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_LOCAL)) {
    if (library_ == nullptr) return;
    const auto begin = Function<decltype(&debuginfod_begin)>("debuginfod_begin");
    find_ = Function<decltype(&debuginfod_find_debuginfo)>("debuginfod_find_debuginfo");
    if (begin != nullptr && find_ != nullptr) client_ = begin();
  }

  std::optional<std::string> Find(const std::string& build_id) {
    if (client_ == nullptr) return std::nullopt;
    char* path = nullptr;
    constexpr int kIdIsHexText = 0;
    const int fd = find_(client_, reinterpret_cast<const unsigned char*>(build_id.c_str()), kIdIsHexText, &path);
    if (fd < 0) return std::nullopt;
    close(fd);
    const std::unique_ptr<char, void (*)(void*)> owned(path, std::free);
    return std::string(path);
  }

 private:
  template <typename Pointer>
  Pointer Function(const char* name) const {
    return reinterpret_cast<Pointer>(dlsym(library_, name));
  }

  void* library_;  // for the rest of the process, as its threads may outlive any call
  decltype(&debuginfod_find_debuginfo) find_ = nullptr;
  debuginfod_client* client_ = nullptr;
};

}  // namespace

std::optional<std::string> FetchDebugInfo(const std::string& build_id) {
  const char* urls = std::getenv("DEBUGINFOD_URLS");
  if (urls == nullptr || *urls == '\0' || build_id.empty()) return std::nullopt;
  static Client client;
  return client.Find(build_id);
}

}  // namespace headroom
