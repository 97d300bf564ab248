#ifndef HEADROOM_DUMP_SITE_CHOICE_H_
#define HEADROOM_DUMP_SITE_CHOICE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dump/heap_view.h"

namespace headroom {

// The sites of a dump that fit into so many bytes, and the addresses of their stacks, numbered.
class SiteChoice {
 public:
  // Sites that hold most go first. Of the bytes those of the sites and their addresses count, by their upper bounds.
  SiteChoice(const HeapView& heap, size_t max_bytes);

  std::span<const uint32_t> sites() const { return sites_; }  // indices into the snapshot
  size_t sites_left_out() const { return sites_left_out_; }

  // The return addresses of all stacks, ascending. An address is numbered by its place here.
  std::span<const uint64_t> addresses() const { return addresses_; }
  size_t NumberOf(uint64_t address) const;

 private:
  bool AddAddresses(std::span<const uint64_t> stack, size_t most);
  void Compact();

  std::vector<uint32_t> sites_;
  size_t sites_left_out_ = 0;
  std::vector<uint64_t> addresses_;
};

}  // namespace headroom

#endif  // HEADROOM_DUMP_SITE_CHOICE_H_
