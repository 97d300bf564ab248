#include "alarm/common_callers.h"

#include <algorithm>
#include <cstddef>

#include "alarm/blame.h"

namespace headroom {
namespace {

constexpr double kMostOfIt = 0.5;

struct Path {
  double share = 0;
  std::vector<Frame> frames;
};

// Calls from different places of one function are of one function.
bool IsSameFunction(const Frame& a, const Frame& b) {
  if (a.module != b.module) return false;
  return a.function.empty() && b.function.empty() ? a.offset == b.offset : a.function == b.function;
}

double ShareThrough(const Frame& frame, const std::vector<Path>& paths) {
  double share = 0;
  for (const Path& path : paths) {
    const auto is_same = [&](const Frame& other) { return IsSameFunction(frame, other); };
    if (std::ranges::any_of(path.frames, is_same)) share += path.share;
  }
  return share;
}

std::vector<Frame> CommonPart(const std::vector<Path>& paths) {
  const std::vector<Frame>& heaviest = paths.front().frames;
  for (size_t i = 0; i < heaviest.size(); ++i) {
    if (!IsOwnWork(heaviest[i]) || ShareThrough(heaviest[i], paths) < kMostOfIt) continue;
    return {heaviest.begin() + static_cast<std::ptrdiff_t>(i), heaviest.end()};
  }
  return {};
}

}  // namespace

std::vector<Frame> FramesOf(const Verdict& verdict,
                            const std::function<std::vector<Frame>(uint64_t site_key)>& frames_of_site) {
  if (verdict.carriers.empty()) return frames_of_site(verdict.site_key);
  std::vector<Path> paths;
  for (const Carrier& carrier : verdict.carriers) paths.push_back({carrier.share, frames_of_site(carrier.site_key)});
  return CommonPart(paths);
}

}  // namespace headroom
