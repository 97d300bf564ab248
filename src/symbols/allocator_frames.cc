#include "symbols/allocator_frames.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace headroom {
namespace {

constexpr std::string_view kEntryPoints[] = {
    "malloc",           "calloc",        "realloc",        "reallocarray",
    "memalign",         "aligned_alloc", "posix_memalign", "valloc",
    "pvalloc",          "__libc_malloc", "__libc_calloc",  "__libc_realloc",
    "__libc_memalign",  "__libc_valloc", "__libc_pvalloc", "__libc_reallocarray",
    "__posix_memalign", "mmap",          "mmap64",         "__mmap",
    "__mmap64",         "mremap",        "__mremap",       "headroom_report_alloc"};
// The agent as a shared library, and linked into the program.
constexpr std::string_view kAgentLibraries[] = {"libheadroom_preload.so", "libheadroom.so"};
constexpr std::string_view kAgentNamespace = "headroom::hot::";
constexpr std::string_view kReport = "headroom::ReportAlloc(";  // of headroom.hpp
constexpr std::string_view kAllocatorLibraries[] = {"libjemalloc.so", "libtcmalloc", "libmimalloc", "libsnmalloc",
                                                    "libtbbmalloc"};

template <size_t kCount>
bool StartsWithOneOf(std::string_view text, const std::string_view (&prefixes)[kCount]) {
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool IsAllocatorModule(std::string_view module) {
  const std::string_view basename = module.substr(module.rfind('/') + 1);
  return StartsWithOneOf(basename, kAgentLibraries) || StartsWithOneOf(basename, kAllocatorLibraries);
}

// Not "Pool::operator new": what a class does for itself is the program's own code.
bool IsEntryPoint(std::string_view function) {
  return function.starts_with("operator new(") || function.starts_with("operator new[](") ||
         function.starts_with(kAgentNamespace) || function.starts_with(kReport) ||
         std::find(std::begin(kEntryPoints), std::end(kEntryPoints), function) != std::end(kEntryPoints);
}

}  // namespace

void DropAllocatorFrames(std::vector<Frame>* frames) {
  frames->erase(frames->begin(), std::find_if_not(frames->begin(), frames->end(), IsAllocatorFrame));
}

bool IsAllocatorFrame(const Frame& frame) { return IsAllocatorModule(frame.module) || IsEntryPoint(frame.function); }

}  // namespace headroom
