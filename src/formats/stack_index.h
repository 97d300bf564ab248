#ifndef HEADROOM_FORMATS_STACK_INDEX_H_
#define HEADROOM_FORMATS_STACK_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "formats/dump.h"
#include "series/hash_index.h"

namespace headroom {

// The sites of a dump by their stacks and labels: formats may name one several times, and then its numbers are to be
// added.
class StackIndex {
 public:
  explicit StackIndex(std::vector<DumpSite>* sites) : sites_(sites) {}

  void Reserve(size_t sites) {
    sites_->reserve(sites);
    numbers_.Reserve(sites);
  }

  // The site with this stack and label, made where there is none; valid until the next call.
  DumpSite& SiteOf(const std::vector<uint32_t>& stack, std::string_view label = {}) {
    const auto [number, is_new] = numbers_.FindOrAdd(HashOf(stack) ^ HashOf(label), [&](uint32_t number) {
      return (*sites_)[number].stack == stack && (*sites_)[number].label == label;
    });
    if (!is_new) return (*sites_)[number];
    DumpSite& site = sites_->emplace_back();
    site.stack = stack;
    site.label = label;
    return site;
  }

 private:
  static size_t HashOf(std::string_view bytes) { return std::hash<std::string_view>()(bytes); }
  static size_t HashOf(const std::vector<uint32_t>& stack) {
    return HashOf(std::string_view(reinterpret_cast<const char*>(stack.data()), stack.size() * sizeof(uint32_t)));
  }

  std::vector<DumpSite>* sites_;
  HashIndex numbers_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_STACK_INDEX_H_
