#include "analysis/joined_dump.h"

#include <utility>

#include "formats/site_sum.h"

namespace headroom {

double JoinedDump::live_bytes() const {
  double bytes = 0;
  for (const JoinedSite& site : sites) bytes += site.counts.live_bytes;
  return bytes;
}

JoinedDump Join(Dump dump, SiteBook& book) {
  const std::vector<SiteRef> sites = book.Enter(dump);
  JoinedDump joined{std::move(dump.source),  dump.time_s,      dump.elapsed_s,        0,
                    dump.sample_bytes,       dump.limit_bytes, dump.used_bytes,       dump.partial,
                    std::move(dump.program), dump.life,        std::move(dump.agent), {}};
  joined.sites.reserve(sites.size());
  std::vector<uint32_t> places(book.size());  // by the site's number, from 1; 0 = not yet there
  for (size_t i = 0; i < sites.size(); ++i) {
    uint32_t& place = places[sites[i].number];
    if (place > 0) {
      AddCounts(dump.sites[i], joined.sites[place - 1].counts);
    } else {
      joined.sites.push_back({sites[i], std::move(dump.sites[i])});
      place = static_cast<uint32_t>(joined.sites.size());
    }
  }
  return joined;
}

}  // namespace headroom
