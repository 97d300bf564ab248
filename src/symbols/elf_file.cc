#include "symbols/elf_file.h"

#include <cstring>

namespace headroom {
namespace {

constexpr uint64_t kMaxSections = 1 << 18;
constexpr size_t kMaxCodeSegments = 64;
constexpr int kMaxNotes = 256;
constexpr uint32_t kMaxBuildIdBytes = 64;

bool IsSupported(const Elf64_Ehdr& header) {
  return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_ident[EI_CLASS] == ELFCLASS64 &&
         header.e_ident[EI_DATA] == ELFDATA2LSB;
}

std::string Hex(const std::vector<uint8_t>& bytes) {
  std::string text;
  for (const uint8_t byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

uint64_t RoundUp(uint64_t value, uint64_t alignment) { return (value + alignment - 1) / alignment * alignment; }

}  // namespace

std::optional<ElfFile> ElfFile::Open(const std::string& path) {
  std::optional<ReadOnlyFile> file = ReadOnlyFile::Open(path);
  Elf64_Ehdr header;
  if (!file || !file->ReadAt(0, &header, sizeof(header)) || !IsSupported(header)) return std::nullopt;
  return ElfFile(std::move(*file), header);
}

template <typename Visit>
void ElfFile::ForEachSegment(Visit visit) const {
  if (header_.e_phentsize != sizeof(Elf64_Phdr)) return;
  ForEachRecord<Elf64_Phdr>(header_.e_phoff, header_.e_phnum, visit);
}

// More than SHN_LORESERVE sections: the count is kept in the first section header.
uint64_t ElfFile::SectionCount() const {
  if (header_.e_shoff == 0 || header_.e_shentsize != sizeof(Elf64_Shdr)) return 0;
  Elf64_Shdr first;
  if (header_.e_shnum != 0 || !file_.ReadAt(header_.e_shoff, &first, sizeof(first))) return header_.e_shnum;
  return std::min<uint64_t>(first.sh_size, kMaxSections);
}

template <typename Visit>
void ElfFile::ForEachSection(Visit visit) const {
  ForEachRecord<Elf64_Shdr>(header_.e_shoff, SectionCount(), visit);
}

std::vector<CodeSegment> ElfFile::CodeSegments() const {
  std::vector<CodeSegment> segments;
  ForEachSegment([&](const Elf64_Phdr& segment) {
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0) {
      segments.push_back({segment.p_offset, segment.p_filesz, segment.p_vaddr});
    }
    return segments.size() < kMaxCodeSegments;
  });
  return segments;
}

std::string ElfFile::BuildId() const {
  std::string build_id;
  ForEachSegment([&](const Elf64_Phdr& segment) {
    if (segment.p_type == PT_NOTE) build_id = BuildIdInNotes(segment.p_offset, segment.p_filesz, segment.p_align);
    return build_id.empty();
  });
  if (!build_id.empty()) return build_id;
  ForEachSection([&](const Elf64_Shdr& section) {
    if (section.sh_type == SHT_NOTE)
      build_id = BuildIdInNotes(section.sh_offset, section.sh_size, section.sh_addralign);
    return build_id.empty();
  });
  return build_id;
}

std::string ElfFile::BuildIdInNotes(uint64_t offset, uint64_t bytes, uint64_t alignment) const {
  const uint64_t unit = alignment == 8 ? 8 : 4;
  const uint64_t end =
      bytes > file_.size_bytes() - std::min(offset, file_.size_bytes()) ? file_.size_bytes() : offset + bytes;
  for (int i = 0; i < kMaxNotes && offset < end; ++i) {
    struct {
      Elf64_Nhdr header;
      char name[4];
    } note;
    if (!file_.ReadAt(offset, &note, sizeof(note))) return "";
    const uint64_t description = offset + RoundUp(sizeof(note.header) + note.header.n_namesz, unit);
    const uint32_t description_bytes = note.header.n_descsz;
    if (note.header.n_type == NT_GNU_BUILD_ID && note.header.n_namesz == sizeof(ELF_NOTE_GNU) &&
        std::memcmp(note.name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)) == 0 && description_bytes <= kMaxBuildIdBytes) {
      std::vector<uint8_t> id(description_bytes);
      return file_.ReadAt(description, id.data(), id.size()) ? Hex(id) : "";
    }
    offset = description + RoundUp(description_bytes, unit);
  }
  return "";
}

std::optional<Elf64_Shdr> ElfFile::FindSection(uint32_t type) const {
  std::optional<Elf64_Shdr> found;
  ForEachSection([&](const Elf64_Shdr& section) {
    if (section.sh_type == type) found = section;
    return !found;
  });
  return found;
}

std::optional<Elf64_Shdr> ElfFile::SectionAt(uint64_t index) const {
  Elf64_Shdr section;
  if (index >= SectionCount() || !file_.ReadAt(header_.e_shoff + index * sizeof(section), &section, sizeof(section))) {
    return std::nullopt;
  }
  return section;
}

std::string ElfFile::StringAt(const Elf64_Shdr& strings, uint64_t offset, size_t max_bytes) const {
  if (strings.sh_type != SHT_STRTAB || offset >= strings.sh_size || strings.sh_offset >= file_.size_bytes()) return "";
  const uint64_t section_bytes = std::min(strings.sh_size, file_.size_bytes() - strings.sh_offset);
  if (offset >= section_bytes) return "";
  std::string text(std::min<uint64_t>(max_bytes, section_bytes - offset), '\0');
  if (!file_.ReadAt(strings.sh_offset + offset, text.data(), text.size())) return "";
  return text.substr(0, text.find('\0'));
}

uint64_t VirtualAddress(const std::vector<CodeSegment>& segments, uint64_t file_offset) {
  for (const CodeSegment& segment : segments) {
    const bool is_inside = file_offset >= segment.file_offset && file_offset - segment.file_offset < segment.bytes;
    if (is_inside) return file_offset - segment.file_offset + segment.virtual_address;
  }
  return file_offset;
}

}  // namespace headroom
