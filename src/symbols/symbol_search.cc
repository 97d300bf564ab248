#include "symbols/symbol_search.h"

#include <algorithm>

namespace headroom {
namespace {

bool IsFunction(const Elf64_Sym& symbol) {
  const int type = ELF64_ST_TYPE(symbol.st_info);
  return (type == STT_FUNC || type == STT_GNU_IFUNC) && symbol.st_shndx != SHN_UNDEF;
}

// Of several names of one function the C library's public one is weak, its internal ones are global or local.
int BindingRank(const Elf64_Sym& symbol) {
  switch (ELF64_ST_BIND(symbol.st_info)) {
    case STB_WEAK:
      return 2;
    case STB_LOCAL:
      return 0;
    default:
      return 1;
  }
}

// Both cover the address: the one that begins nearer encloses it more tightly.
bool IsBetterCover(const Elf64_Sym& symbol, const std::optional<Elf64_Sym>& current) {
  if (!current || symbol.st_value != current->st_value) return !current || symbol.st_value > current->st_value;
  return BindingRank(symbol) > BindingRank(*current);
}

// Of two that begin together the sized one decides: it says where the function ends.
bool IsNearer(const Elf64_Sym& symbol, const std::optional<Elf64_Sym>& current) {
  if (!current || symbol.st_value != current->st_value) return !current || symbol.st_value > current->st_value;
  if ((symbol.st_size != 0) != (current->st_size != 0)) return symbol.st_size != 0;
  return BindingRank(symbol) > BindingRank(*current);
}

}  // namespace

SymbolSearch::SymbolSearch(const std::vector<uint64_t>& addresses) {
  for (const uint64_t address : addresses) wanted_.push_back({wanted_.size(), address, {}, {}});
  std::sort(wanted_.begin(), wanted_.end(), [](const Wanted& a, const Wanted& b) { return a.address < b.address; });
}

void SymbolSearch::Offer(const Elf64_Sym& symbol) {
  if (!IsFunction(symbol)) return;
  auto wanted = std::lower_bound(wanted_.begin(), wanted_.end(), symbol.st_value,
                                 [](const Wanted& entry, uint64_t value) { return entry.address < value; });
  if (wanted == wanted_.end()) return;
  if (IsNearer(symbol, wanted->nearest)) wanted->nearest = symbol;
  for (; wanted != wanted_.end() && wanted->address - symbol.st_value < symbol.st_size; ++wanted) {
    if (IsBetterCover(symbol, wanted->covering)) wanted->covering = symbol;
  }
}

std::vector<SymbolSearch::Match> SymbolSearch::Matches() const {
  std::vector<Match> matches;
  std::optional<Elf64_Sym> nearest;
  for (const Wanted& wanted : wanted_) {
    if (wanted.nearest) nearest = wanted.nearest;
    if (wanted.covering) {
      matches.push_back({wanted.index, wanted.address, *wanted.covering, true});
    } else if (nearest && nearest->st_size == 0 && wanted.address - nearest->st_value < kUnsizedReachBytes) {
      matches.push_back({wanted.index, wanted.address, *nearest, false});
    }
  }
  return matches;
}

}  // namespace headroom
