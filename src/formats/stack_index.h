#ifndef HEADROOM_FORMATS_STACK_INDEX_H_
#define HEADROOM_FORMATS_STACK_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/dump.h"

namespace headroom {

// The sites of a dump by their stacks: formats may name one stack several times, and then its numbers are to be added.
class StackIndex {
 public:
  explicit StackIndex(std::vector<DumpSite>* sites) : sites_(sites) {}

  void Reserve(size_t sites) {
    sites_->reserve(sites);
    by_stack_.reserve(sites);
  }

  // The site with this stack, made where there is none; valid until the next call.
  DumpSite& SiteOf(const std::vector<uint32_t>& stack) {
    const auto known = by_stack_.find(Bytes(stack));
    if (known != by_stack_.end()) return (*sites_)[known->second];
    DumpSite& site = sites_->emplace_back();
    site.stack = stack;
    by_stack_.emplace(Bytes(site.stack), sites_->size() - 1);
    return site;
  }

 private:
  // A moved vector keeps its elements where they are, so the view outlives the growth of *sites_.
  static std::string_view Bytes(const std::vector<uint32_t>& stack) {
    return {reinterpret_cast<const char*>(stack.data()), stack.size() * sizeof(uint32_t)};
  }

  std::vector<DumpSite>* sites_;
  std::unordered_map<std::string_view, size_t> by_stack_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_STACK_INDEX_H_
