#ifndef HEADROOM_FORMATS_ADDRESS_STACKS_H_
#define HEADROOM_FORMATS_ADDRESS_STACKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/dump.h"
#include "formats/text_scanner.h"
#include "symbols/elf_file.h"

namespace headroom {

// Stacks of return addresses, as the text formats write them, and the mappings of the process, which follow in the same
// file. A frame's offset is that of the call. Of a module that is still the same file (by inode) it is an address of
// that object file, with its build id; else the offset in the file. More stacks or frames than below throw BadText.
class AddressStacks {
 public:
  static constexpr size_t kMostStacks = 1 << 20;
  static constexpr size_t kMostFrames = 1 << 25;     // of all stacks together
  static constexpr size_t kMostAddresses = 1 << 20;  // that differ

  // The rest of the line: "0x55d0 0x55d8 ...".
  std::vector<uint32_t> ReadStack(TextScanner& addresses);

  // A line of /proc/PID/maps; any other is ignored.
  void ReadMapping(std::string_view line);

  // Sets frames, program and life of the dump that the stacks are of.
  void Finish(Dump& dump);

 private:
  struct Mapping {
    uint64_t start = 0;
    uint64_t end = 0;
    uint64_t file_offset = 0;
    std::string path;
    uint64_t inode = 0;
  };
  struct Module {
    std::string build_id;
    std::vector<CodeSegment> segments;
  };

  const Mapping* Find(uint64_t address) const;
  const Module& ModuleOf(const Mapping& mapping);
  void Locate(Frame& frame);

  std::vector<Frame> frames_;
  std::unordered_map<uint64_t, uint32_t> index_;  // by return address
  size_t stacks_ = 0;
  size_t total_frames_ = 0;
  std::vector<Mapping> mappings_;  // in the order of the file, which is ascending
  std::map<std::string, Module> modules_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_ADDRESS_STACKS_H_
