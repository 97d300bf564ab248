#include "agent/dump_builder.h"

#include <tuple>
#include <utility>

namespace headroom {

bool DumpBuilder::IsBefore::operator()(uint32_t a, uint32_t b) const {
  const Frame& left = dump->frames[a];
  const Frame& right = dump->frames[b];
  return std::tie(left.offset, left.module, left.function) < std::tie(right.offset, right.module, right.function);
}

DumpBuilder::DumpBuilder(double time_s, uint64_t sample_bytes, bool is_partial) : numbers_(IsBefore{&dump_}) {
  dump_.time_s = time_s;
  dump_.sample_bytes = sample_bytes;
  dump_.partial = is_partial;
}

void DumpBuilder::Add(const SiteSnapshot& site, std::vector<Frame> frames, std::string_view label) {
  DumpSite& entry = dump_.sites.emplace_back();
  for (Frame& frame : frames) entry.stack.push_back(NumberOf(std::move(frame)));
  entry.label = label;
  entry.live_bytes = site.live_bytes();
  entry.live_samples = site.live_samples();
  entry.born_bytes = site.born_bytes;
  entry.born_samples = site.born_samples;
  entry.died_bytes = site.died_bytes;
  entry.died_samples = site.died_samples;
}

// The frame stands in the list while its place is looked for.
uint32_t DumpBuilder::NumberOf(Frame frame) {
  const uint32_t number = static_cast<uint32_t>(dump_.frames.size());
  dump_.frames.push_back(std::move(frame));
  const auto [found, is_new] = numbers_.insert(number);
  if (!is_new) dump_.frames.pop_back();
  return *found;
}

Dump DumpBuilder::Take() {
  numbers_.clear();
  return std::move(dump_);
}

}  // namespace headroom
