#include "symbols/symbol_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headroom {
namespace {

using ::testing::ElementsAre;

Elf64_Sym Function(uint32_t name, uint64_t address, uint64_t bytes, int binding = STB_GLOBAL) {
  return {name, static_cast<unsigned char>(ELF64_ST_INFO(binding, STT_FUNC)), 0, 1, address, bytes};
}

// The names found for the addresses, 0 for none.
std::vector<uint32_t> Names(const std::vector<uint64_t>& addresses, const std::vector<Elf64_Sym>& symbols) {
  SymbolSearch search(addresses);
  for (const Elf64_Sym& symbol : symbols) search.Offer(symbol);
  std::vector<uint32_t> names(addresses.size());
  for (const SymbolSearch::Match& match : search.Matches()) names[match.index] = match.symbol.st_name;
  return names;
}

TEST(SymbolSearch, FunctionEnclosesItsFirstAndLastByte) {
  EXPECT_THAT(Names({0xff, 0x100, 0x10f, 0x110}, {Function(7, 0x100, 0x10)}), ElementsAre(0, 7, 7, 0));
}

TEST(SymbolSearch, OrderOfAddressesAndSymbolsDoesNotMatter) {
  const std::vector<Elf64_Sym> symbols = {Function(3, 0x300, 0x10), Function(1, 0x100, 0x10), Function(2, 0x200, 0x10)};
  EXPECT_THAT(Names({0x308, 0x108, 0x208, 0x108}, symbols), ElementsAre(3, 1, 2, 1));
}

TEST(SymbolSearch, NearestFunctionThatEndsBeforeIsNotNamed) {
  EXPECT_THAT(Names({0x180}, {Function(1, 0x100, 0x40)}), ElementsAre(0));
}

TEST(SymbolSearch, TighterFunctionWins) {
  const Elf64_Sym outer = Function(1, 0x100, 0x100), inner = Function(2, 0x140, 0x10);
  EXPECT_THAT(Names({0x148, 0x158}, {outer, inner}), ElementsAre(2, 1));
  EXPECT_THAT(Names({0x148, 0x158}, {inner, outer}), ElementsAre(2, 1));
}

TEST(SymbolSearch, PublicNameIsPreferredToLocalAlias) {
  const Elf64_Sym local = Function(1, 0x100, 0x10, STB_LOCAL), global = Function(2, 0x100, 0x10),
                  weak = Function(3, 0x100, 0x10, STB_WEAK);
  EXPECT_THAT(Names({0x108}, {local, global}), ElementsAre(2));
  EXPECT_THAT(Names({0x108}, {global, local}), ElementsAre(2));
  EXPECT_THAT(Names({0x108}, {global, weak}), ElementsAre(3));
  EXPECT_THAT(Names({0x108}, {weak, global}), ElementsAre(3));
}

TEST(SymbolSearch, AliasWhoseSizeReachesIsPreferred) {
  EXPECT_THAT(Names({0x118}, {Function(1, 0x100, 0x10), Function(2, 0x100, 0x20, STB_LOCAL)}), ElementsAre(2));
}

TEST(SymbolSearch, UnsizedFunctionReachesTheNextOne) {
  const std::vector<Elf64_Sym> symbols = {Function(1, 0x100, 0), Function(2, 0x200, 0x10)};
  EXPECT_THAT(Names({0x180, 0x208, 0x220}, symbols), ElementsAre(1, 2, 0));
}

TEST(SymbolSearch, UnsizedFunctionServesSeveralAddresses) {
  EXPECT_THAT(Names({0x110, 0x120, 0x130}, {Function(1, 0x100, 0)}), ElementsAre(1, 1, 1));
}

TEST(SymbolSearch, UnsizedFunctionIsNotBelievedFarAway) {
  EXPECT_THAT(Names({0x100 + SymbolSearch::kUnsizedReachBytes - 1, 0x100 + SymbolSearch::kUnsizedReachBytes},
                    {Function(1, 0x100, 0)}),
              ElementsAre(1, 0));
}

TEST(SymbolSearch, SizedAliasEndsTheUnsizedOne) {
  EXPECT_THAT(Names({0x120}, {Function(1, 0x100, 0), Function(2, 0x100, 0x10)}), ElementsAre(0));
  EXPECT_THAT(Names({0x120}, {Function(2, 0x100, 0x10), Function(1, 0x100, 0)}), ElementsAre(0));
}

TEST(SymbolSearch, SizedFunctionIsPreferredToNearerUnsizedLabel) {
  EXPECT_THAT(Names({0x148}, {Function(1, 0x100, 0x100), Function(2, 0x140, 0)}), ElementsAre(1));
}

TEST(SymbolSearch, OnlyDefinedFunctionsCount) {
  Elf64_Sym imported = Function(1, 0x100, 0x10), object = Function(2, 0x100, 0x10), resolver = Function(3, 0x200, 0x10);
  imported.st_shndx = SHN_UNDEF;
  object.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT);
  resolver.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_GNU_IFUNC);
  EXPECT_THAT(Names({0x108, 0x208}, {imported, object, resolver}), ElementsAre(0, 3));
}

TEST(SymbolSearch, SizeThatWrapsRoundIsNoDanger) {
  EXPECT_THAT(Names({0x50, 0x180}, {Function(1, 0x100, UINT64_MAX)}), ElementsAre(0, 1));
  EXPECT_THAT(Names({0x50, UINT64_MAX}, {Function(1, UINT64_MAX, UINT64_MAX)}), ElementsAre(0, 1));
}

TEST(SymbolSearch, NoAddressesAreNoDanger) { EXPECT_THAT(Names({}, {Function(1, 0x100, 0x10)}), ElementsAre()); }

}  // namespace
}  // namespace headroom
