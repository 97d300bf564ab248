#ifndef HEADROOM_DEBUGINFO_NAME_DUMP_H_
#define HEADROOM_DEBUGINFO_NAME_DUMP_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "debuginfo/module_code.h"
#include "formats/dump.h"
#include "symbols/elf_file.h"

namespace headroom {

// Names the frames of dumps that their makers left as addresses. Modules and answers are kept, so a series costs little
// more than one dump. What cannot be found stays as it is: a missing file costs names, nothing else. For one thread.
class FrameNamer {
 public:
  // Frames with a module and an offset, but no function, get their names; inlined calls become frames of their own, at
  // the same place. Where the dump has no build id, the module's present file is believed unless it is newer than the
  // dump, and offsets are taken for those in the file. The sites' stacks follow.
  void Name(Dump* dump);

  // The same for one stack of a dump that was taken at the time.
  std::vector<Frame> Named(const std::vector<Frame>& stack, std::optional<double> time_s);

  // Modules that are newer than a dump without build ids and so are not believed to be its own.
  const std::set<std::string>& distrusted() const { return distrusted_; }

  // Where a stack has names already, as an agent gives them: file, line and inlined calls too, as far as they are
  // known.
  std::vector<Frame> WithLines(const std::vector<Frame>& stack);

 private:
  using Place = std::tuple<std::string, std::string, uint64_t>;  // module, build id, offset
  using ModuleKey = std::pair<std::string, std::string>;
  struct Module {
    ModuleCode code;
    std::vector<CodeSegment> segments;  // for modules without a build id
    double changed_s = 0;               // the file's time of modification, for the same
  };

  bool IsNamable(const Frame& frame, std::optional<double> time_s);
  std::vector<Frame> Named(const Frame& frame, std::optional<double> time_s);
  const Module& ModuleOf(const Frame& frame);
  const std::vector<CodeName>& NamesOf(const Frame& frame);

  std::map<ModuleKey, Module> modules_;
  std::map<Place, std::vector<CodeName>> names_;
  std::set<std::string> distrusted_;
};

}  // namespace headroom

#endif  // HEADROOM_DEBUGINFO_NAME_DUMP_H_
