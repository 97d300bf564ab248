#ifndef HEADROOM_SYMBOLS_SYMBOLIZER_H_
#define HEADROOM_SYMBOLS_SYMBOLIZER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "series/frame.h"
#include "symbols/module_map.h"

namespace headroom {

// Names the frames of a stack inside the process it belongs to: by reading files piecewise, without the loader lock, in
// bounded memory. For one thread, which may allocate. Make it early: what it learned of the modules at the start
// outlives a later chroot.
class Symbolizer {
 public:
  static constexpr size_t kMaxFrames = 256;         // of one stack; deeper frames are ignored
  static constexpr size_t kMaxCachedFrames = 1024;  // a full cache is emptied

  // Every path is read below `root`, "" for the real tree.
  explicit Symbolizer(std::string root = "") : modules_(std::move(root)) { modules_.Refresh(); }

  // Reads the modules again; true when code was loaded or unloaded since the last time. Costs a reading of
  // /proc/self/maps, so it is for the caller to say how often; what was loaded since is not known before.
  bool Refresh();

  // See ModuleMap.
  const std::vector<MovedCode>& moved() const { return modules_.moved(); }

  // The modules' code as of the last Refresh; it points into this symbolizer, until the next.
  std::vector<MappedCode> Code() { return modules_.Code(); }

  // Return addresses and frames go innermost first; agent and allocator frames are dropped from the inner end. What
  // cannot be found stays empty: no module for code outside of every file, no function without a symbol. File and line
  // are never filled in.
  std::vector<Frame> Symbolize(std::span<const uint64_t> return_addresses);

  // The same without names of functions, and so without reading any table of symbols: an allocator's functions in the
  // program itself or in libc stay, too.
  std::vector<Frame> Locate(std::span<const uint64_t> return_addresses);

 private:
  Frame Place(uint64_t return_address, const Module** module);
  void Resolve(std::span<const uint64_t> return_addresses);
  void NameFunctions(const Module& module, const std::vector<Frame*>& frames);

  ModuleMap modules_;
  std::unordered_map<uint64_t, Frame> cache_;  // by return address, of the present generation of modules
  bool must_look_again_ = false;               // a file could not be opened only because too many are open
};

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_SYMBOLIZER_H_
