#ifndef HEADROOM_SYMBOLS_ELF_SYMBOLS_H_
#define HEADROOM_SYMBOLS_ELF_SYMBOLS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "symbols/elf_file.h"

namespace headroom {

// The mangled names of the functions that enclose the given ELF virtual addresses, one for each, empty where none does.
// Takes .symtab, for a stripped file the one of its separate debug file (by build id, below root + /usr/lib/debug),
// then .dynsym. The tables are streamed: memory is bounded by the number of addresses, time by addresses x symbols.
std::vector<std::string> FunctionNames(const ElfFile& file, const std::string& root,
                                       const std::vector<uint64_t>& addresses);

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_ELF_SYMBOLS_H_
