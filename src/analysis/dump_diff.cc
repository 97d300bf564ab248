#include "analysis/dump_diff.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/site_book.h"

namespace headroom {
namespace {

// Sums up the two dumps by stack.
class Matcher {
 public:
  void Add(const Dump& dump, double SiteDiff::*bytes, std::optional<uint64_t> SiteDiff::*samples) {
    const std::vector<SiteRef> refs = book_.Enter(dump);
    for (size_t i = 0; i < refs.size(); ++i) {
      SiteDiff& site = sites_[refs[i].key];
      site.*bytes += dump.sites[i].live_bytes;
      if (dump.sites[i].live_samples) site.*samples = (site.*samples).value_or(0) + *dump.sites[i].live_samples;
    }
  }

  std::vector<SiteDiff> Take() {
    std::vector<SiteDiff> sites;
    for (auto& [key, site] : sites_) {
      if (site.before_bytes == 0 && site.after_bytes == 0) continue;
      site.frames = book_.FramesOf(key);
      site.label = book_.LabelOf(key);
      sites.push_back(std::move(site));
    }
    return sites;
  }

 private:
  SiteBook book_;
  std::unordered_map<uint64_t, SiteDiff> sites_;
};

double TotalBytes(const Dump& dump) {
  double bytes = 0;
  for (const DumpSite& site : dump.sites) bytes += site.live_bytes;
  return bytes;
}

}  // namespace

DumpDiff DiffDumps(const Dump& before, const Dump& after) {
  Matcher matcher;
  matcher.Add(before, &SiteDiff::before_bytes, &SiteDiff::before_samples);
  matcher.Add(after, &SiteDiff::after_bytes, &SiteDiff::after_samples);
  DumpDiff diff{TotalBytes(before), TotalBytes(after), before.partial || after.partial, matcher.Take()};
  std::ranges::sort(diff.sites, [](const SiteDiff& a, const SiteDiff& b) {
    if (a.diff_bytes() != b.diff_bytes()) return a.diff_bytes() > b.diff_bytes();
    return a.after_bytes > b.after_bytes;
  });
  return diff;
}

}  // namespace headroom
