#ifndef HEADROOM_TESTS_SYMBOLS_ELF_IMAGE_H_
#define HEADROOM_TESTS_SYMBOLS_ELF_IMAGE_H_

#include <elf.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace headroom::testing {

// A small ELF file made by hand: one code segment, one note, one symbol table. Code lies at another virtual address
// than its offset in the file.
struct ElfImage {
  static constexpr uint64_t kCodeOffset = 0x200;
  static constexpr uint64_t kCodeBytes = 0x100;
  static constexpr uint64_t kCodeAddress = 0x401200;
  static constexpr uint16_t kTextSection = 1;

  struct Symbol {
    std::string name;
    uint64_t address = 0;
    uint64_t bytes = 0;
    int binding = STB_GLOBAL;
    int type = STT_FUNC;
    uint16_t section = kTextSection;
  };

  std::vector<Symbol> symbols{};
  uint32_t table_type = SHT_SYMTAB;
  std::string build_id = "\x12\x34\xab\xcd";
  bool note_has_segment = true;
  uint64_t note_alignment = 4;

  std::string Bytes() const;

 private:
  std::string Note() const;
};

template <typename Value>
std::string BytesOf(const Value& value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof(value));
}

inline std::string ElfImage::Note() const {
  const std::string property =
      BytesOf(Elf64_Nhdr{4, 8, NT_GNU_PROPERTY_TYPE_0}) + std::string("GNU\0", 4) + std::string(8, '\1');
  if (build_id.empty()) return property;
  return property + BytesOf(Elf64_Nhdr{4, static_cast<uint32_t>(build_id.size()), NT_GNU_BUILD_ID}) +
         std::string("GNU\0", 4) + build_id;
}

inline std::string ElfImage::Bytes() const {
  std::string strings(1, '\0');
  std::string table = BytesOf(Elf64_Sym{});
  for (const Symbol& symbol : symbols) {
    table += BytesOf(Elf64_Sym{static_cast<uint32_t>(strings.size()),
                               static_cast<unsigned char>(ELF64_ST_INFO(symbol.binding, symbol.type)), 0,
                               symbol.section, symbol.address, symbol.bytes});
    strings += symbol.name + '\0';
  }
  const std::string note = Note();
  const uint64_t note_offset = kCodeOffset + kCodeBytes;
  const uint64_t table_offset = note_offset + (note.size() + 7) / 8 * 8;
  const uint64_t strings_offset = table_offset + table.size();
  const uint64_t sections_offset = (strings_offset + strings.size() + 7) / 8 * 8;

  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_type = ET_DYN;
  header.e_machine = EM_X86_64;
  header.e_phoff = sizeof(header);
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = note_has_segment ? 2 : 1;
  header.e_shoff = sections_offset;
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = 5;

  std::string bytes = BytesOf(header);
  bytes += BytesOf(
      Elf64_Phdr{PT_LOAD, PF_R | PF_X, kCodeOffset, kCodeAddress, kCodeAddress, kCodeBytes, kCodeBytes, 0x1000});
  bytes += BytesOf(Elf64_Phdr{PT_NOTE, PF_R, note_offset, 0, 0, note.size(), note.size(), note_alignment});
  bytes.resize(kCodeOffset, '\0');
  bytes.resize(note_offset, '\x90');
  bytes += note;
  bytes.resize(table_offset, '\0');
  bytes += table + strings;
  bytes.resize(sections_offset, '\0');
  bytes += BytesOf(Elf64_Shdr{});
  bytes += BytesOf(
      Elf64_Shdr{0, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, kCodeAddress, kCodeOffset, kCodeBytes, 0, 0, 16, 0});
  bytes += BytesOf(Elf64_Shdr{0, SHT_NOTE, SHF_ALLOC, 0, note_offset, note.size(), 0, 0, note_alignment, 0});
  bytes += BytesOf(Elf64_Shdr{0, table_type, 0, 0, table_offset, table.size(), 4, 0, 8, sizeof(Elf64_Sym)});
  bytes += BytesOf(Elf64_Shdr{0, SHT_STRTAB, 0, 0, strings_offset, strings.size(), 0, 0, 1, 0});
  return bytes;
}

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SYMBOLS_ELF_IMAGE_H_
