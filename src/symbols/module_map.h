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

// Code that was unloaded, and to whose place other code came: where it was, and where it is found from then on.
struct MovedCode {
  uint64_t start = 0;
  uint64_t end = 0;
  uint64_t place = 0;
};

// Which object file a code address of this process belongs to, from /proc/self/maps: no loader lock is taken. Anonymous
// code (a just-in-time compiler's) has no module. For one thread. Every path is read below `root`, "" for the real
// tree.
//
// Code that was unloaded is still found where it was, because what it allocated may be live for long. When other code comes there, it moves
// to where no process has any; the last kMaxUnloaded are kept.
class ModuleMap {
 public:
  static constexpr size_t kMaxUnloaded = 64;

  explicit ModuleMap(std::string root = "") : root_(std::move(root)) {}

  // Reads the mappings again; true when code was loaded or unloaded since the last time. When they cannot be read (a
  // chroot without /proc) nothing changes, so a map that was filled early stays useful.
  bool Refresh();

  // What the last Refresh moved.
  const std::vector<MovedCode>& moved() const { return state_.moved; }

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

    bool Overlaps(const CodeMapping& other) const;
    bool IsSameCode(const CodeMapping& other) const;
  };
  struct State {
    uint64_t generation = 0;
    std::vector<CodeMapping> mappings;  // ascending
    std::vector<CodeMapping> unloaded;  // oldest first
    std::vector<MovedCode> moved;
    std::map<ModuleKey, Module> modules;
  };

  Module* AddModule(const ModuleKey& key, bool deleted, State* fresh) const;
  void KeepUnloaded(CodeMapping mapping, State* fresh);
  const CodeMapping* Find(uint64_t address) const;
  void ReadHeaders(Module* module) const;

  std::string root_;
  State state_;
  uint64_t next_place_ = uint64_t{1} << 60;  // above every address of a process
};

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_MODULE_MAP_H_
