#ifndef HEADROOM_SYMBOLS_ELF_FILE_H_
#define HEADROOM_SYMBOLS_ELF_FILE_H_

#include <elf.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "symbols/read_only_file.h"

namespace headroom {

// A loadable, executable part of an object file.
struct CodeSegment {
  uint64_t file_offset = 0;
  uint64_t bytes = 0;
  uint64_t virtual_address = 0;
};

// The virtual address of what the file has at that offset; the offset itself where no segment has it.
uint64_t VirtualAddress(const std::vector<CodeSegment>& segments, uint64_t file_offset);

// The headers of a 64-bit little-endian ELF file, read piecewise. The file may be truncated or hostile: every count and
// offset in it is checked against the file, every loop is bounded, and what cannot be read is reported as absent.
class ElfFile {
 public:
  static std::optional<ElfFile> Open(const std::string& path);

  std::vector<CodeSegment> CodeSegments() const;

  // NT_GNU_BUILD_ID in lower-case hex; empty when there is none.
  std::string BuildId() const;

  // The first section of that type (SHT_SYMTAB, SHT_DYNSYM), or the section with that index.
  std::optional<Elf64_Shdr> FindSection(uint32_t type) const;
  std::optional<Elf64_Shdr> SectionAt(uint64_t index) const;

  // The string at `offset` of a SHT_STRTAB section, cut at max_bytes; empty when it is not there.
  std::string StringAt(const Elf64_Shdr& strings, uint64_t offset, size_t max_bytes) const;

  // Calls visit for each of up to `count` records of a table, reading in blocks; stops at the end of the file, or when
  // visit returns false.
  template <typename Record, typename Visit>
  void ForEachRecord(uint64_t offset, uint64_t count, Visit visit) const;

  const ReadOnlyFile& file() const { return file_; }

 private:
  ElfFile(ReadOnlyFile file, const Elf64_Ehdr& header) : file_(std::move(file)), header_(header) {}

  template <typename Visit>
  void ForEachSegment(Visit visit) const;
  template <typename Visit>
  void ForEachSection(Visit visit) const;
  uint64_t SectionCount() const;
  std::string BuildIdInNotes(uint64_t offset, uint64_t bytes, uint64_t alignment) const;

  ReadOnlyFile file_;
  Elf64_Ehdr header_;
};

template <typename Record, typename Visit>
void ElfFile::ForEachRecord(uint64_t offset, uint64_t count, Visit visit) const {
  constexpr uint64_t kBlockRecords = 32 * 1024 / sizeof(Record);
  if (offset > file_.size_bytes()) return;
  count = std::min<uint64_t>(count, (file_.size_bytes() - offset) / sizeof(Record));
  std::vector<Record> block(std::min(count, kBlockRecords));
  while (count > 0) {
    const uint64_t batch = std::min<uint64_t>(count, block.size());
    if (!file_.ReadAt(offset, block.data(), batch * sizeof(Record))) return;
    for (uint64_t i = 0; i < batch; ++i) {
      if (!visit(block[i])) return;
    }
    offset += batch * sizeof(Record);
    count -= batch;
  }
}

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_ELF_FILE_H_
