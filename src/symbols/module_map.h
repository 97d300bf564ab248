#ifndef HEADROOM_SYMBOLS_MODULE_MAP_H_
#define HEADROOM_SYMBOLS_MODULE_MAP_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "symbols/elf_file.h"
#include "symbols/maps_line.h"

namespace headroom {

// An object file with executable mappings in this process.
struct Module {
  std::string path;  // as the kernel shows it, without " (deleted)"; "[vdso]" for the kernel's own code
  uint64_t inode = 0;
  bool deleted = false;  // no longer under its path (replaced by an upgrade)
  bool headers_read = false;
  std::string build_id;  // hex; this and the segments are empty when the file cannot be read
  std::vector<CodeSegment> code_segments;
};

struct CodeLocation {
  const Module* module = nullptr;  // valid until the map's next Refresh
  uint64_t offset = 0;             // ELF virtual address; offset in the file when its headers cannot be read
};

// Code of a module where it is mapped.
struct MappedCode {
  uint64_t start = 0;
  uint64_t end = 0;
  uint64_t file_offset = 0;    // of what is at `start`
  uint64_t start_address = 0;  // of the same, as an ELF virtual address; the offset where headers cannot be read
  const Module* module = nullptr;  // valid until the map's next Refresh
};

// Which object file a code address of this process belongs to, from /proc/self/maps: no loader lock is taken. Anonymous
// code (a just-in-time compiler's) has no module. For one thread. Every path is read below `root`, "" for the real
// tree.
class ModuleMap {
 public:
  explicit ModuleMap(std::string root = "") : root_(std::move(root)) {}

  // Reads the mappings again; true when code was loaded or unloaded since the last time. When they cannot be read (a
  // chroot without /proc) nothing changes, so a map that was filled early stays useful.
  bool Refresh();

  // Tells sets of executable mappings apart; 0 before the first Refresh.
  uint64_t generation() const { return state_.generation; }

  // Empty when no module has code there. Reads the module's headers the first time.
  std::optional<CodeLocation> Lookup(uint64_t address);

  // All of it, ascending. Reads the headers of modules that were not asked for before.
  std::vector<MappedCode> Code();

  // The module's file, found under its path or, for the program itself, behind /proc/self/exe; empty when neither is
  // the file that was mapped.
  std::optional<ElfFile> Open(const Module& module) const;

  const std::string& root() const { return root_; }

 private:
  using ModuleKey = std::pair<std::string, uint64_t>;  // path, inode
  struct CodeMapping {
    uint64_t start = 0;
    uint64_t end = 0;
    uint64_t file_offset = 0;
    Module* module = nullptr;
  };
  struct State {
    uint64_t generation = 0;
    std::vector<CodeMapping> mappings;  // ascending
    std::map<ModuleKey, Module> modules;
  };

  Module* AddModule(const MapsLine& mapping, State* fresh) const;
  void ReadHeaders(Module* module) const;

  std::string root_;
  State state_;
};

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_MODULE_MAP_H_
