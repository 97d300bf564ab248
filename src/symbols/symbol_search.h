#ifndef HEADROOM_SYMBOLS_SYMBOL_SEARCH_H_
#define HEADROOM_SYMBOLS_SYMBOL_SEARCH_H_

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

// Which function symbol of a stream of symbols encloses each of a set of addresses. Memory is bounded by the addresses,
// not by the symbols, and the order of the symbols does not matter.
class SymbolSearch {
 public:
  // A symbol without size (hand-written assembler) is believed to reach this far, if no other function begins in
  // between.
  static constexpr uint64_t kUnsizedReachBytes = 4096;

  struct Match {
    size_t index = 0;  // of the address in the list given
    uint64_t address = 0;
    Elf64_Sym symbol{};
    bool covers = false;  // by its size; otherwise a symbol without size is the nearest one before
  };

  explicit SymbolSearch(const std::vector<uint64_t>& addresses);

  void Offer(const Elf64_Sym& symbol);

  // The addresses that have a symbol. Call once, after the last Offer.
  std::vector<Match> Matches() const;

 private:
  struct Wanted {
    size_t index = 0;
    uint64_t address = 0;
    std::optional<Elf64_Sym> covering;
    std::optional<Elf64_Sym> nearest;  // begins between the previous wanted address and this one
  };

  std::vector<Wanted> wanted_;  // ascending by address
};

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_SYMBOL_SEARCH_H_
