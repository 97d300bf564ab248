#include "cli/preload.h"

#include <filesystem>
#include <system_error>

namespace headroom {
namespace {

constexpr char kLibrary[] = "libheadroom_preload.so";
constexpr const char* kPlaces[] = {".", "../lib/x86_64-linux-gnu/headroom", "../lib64/headroom", "../lib/headroom"};

}  // namespace

std::optional<std::string> FindPreloadLibrary() {
  std::error_code error;
  const std::filesystem::path tool = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const char* place : kPlaces) {
    std::filesystem::path library = (tool.parent_path() / place / kLibrary).lexically_normal();
    if (std::filesystem::is_regular_file(library, error)) return library.string();
  }
  return std::nullopt;
}

bool FitsInPreload(const std::string& path) { return path.find_first_of(" :") == std::string::npos; }

std::string PreloadValue(const std::string& library, const char* before) {
  if (before == nullptr || *before == '\0') return library;
  return library + ":" + before;
}

}  // namespace headroom
