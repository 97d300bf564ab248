#include "symbols/elf_symbols.h"

#include <algorithm>
#include <optional>

#include "symbols/symbol_search.h"

namespace headroom {
namespace {

constexpr uint64_t kMaxSymbols = 16 * 1024 * 1024;
constexpr size_t kMaxNameBytes = 4096;

// A symbol without size ends at the latest with its section: what follows .init is not _init.
bool IsCredible(const ElfFile& file, const SymbolSearch::Match& match) {
  if (match.covers) return true;
  const std::optional<Elf64_Shdr> section = file.SectionAt(match.symbol.st_shndx);
  return section && match.address >= section->sh_addr && match.address - section->sh_addr < section->sh_size;
}

// One pass over the table of that type for the addresses that have no name yet.
void AddNames(const ElfFile& file, uint32_t table_type, const std::vector<uint64_t>& addresses,
              std::vector<std::string>* names) {
  const std::optional<Elf64_Shdr> table = file.FindSection(table_type);
  if (!table || table->sh_entsize != sizeof(Elf64_Sym)) return;
  const std::optional<Elf64_Shdr> strings = file.SectionAt(table->sh_link);
  if (!strings) return;
  SymbolSearch search(addresses);
  const uint64_t count = std::min(table->sh_size / sizeof(Elf64_Sym), kMaxSymbols);
  file.ForEachRecord<Elf64_Sym>(table->sh_offset, count, [&](const Elf64_Sym& symbol) {
    search.Offer(symbol);
    return true;
  });
  for (const SymbolSearch::Match& match : search.Matches()) {
    std::string& name = (*names)[match.index];
    if (name.empty() && IsCredible(file, match)) name = file.StringAt(*strings, match.symbol.st_name, kMaxNameBytes);
  }
}

bool AllFound(const std::vector<std::string>& names) {
  return std::none_of(names.begin(), names.end(), [](const std::string& name) { return name.empty(); });
}

std::optional<ElfFile> OpenDebugFile(const std::string& build_id, const std::string& root) {
  if (build_id.size() < 3) return std::nullopt;
  return ElfFile::Open(root + "/usr/lib/debug/.build-id/" + build_id.substr(0, 2) + "/" + build_id.substr(2) +
                       ".debug");
}

}  // namespace

std::vector<std::string> FunctionNames(const ElfFile& file, const std::string& root,
                                       const std::vector<uint64_t>& addresses) {
  std::vector<std::string> names(addresses.size());
  if (file.FindSection(SHT_SYMTAB)) {
    AddNames(file, SHT_SYMTAB, addresses, &names);
  } else if (const std::optional<ElfFile> debug_file = OpenDebugFile(file.BuildId(), root)) {
    AddNames(*debug_file, SHT_SYMTAB, addresses, &names);
  }
  if (!AllFound(names)) AddNames(file, SHT_DYNSYM, addresses, &names);
  return names;
}

}  // namespace headroom
