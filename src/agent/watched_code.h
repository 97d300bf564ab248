#ifndef HEADROOM_AGENT_WATCHED_CODE_H_
#define HEADROOM_AGENT_WATCHED_CODE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "symbols/symbolizer.h"

namespace headroom {

// The code that the daemon runs, by name. For the agent's thread.
class WatchedCode {
 public:
  // Notices code that was loaded or unloaded since the last call, for the names and for the hooks: their walk, and their sites, which go on
  // under the names they had where other code came to the same place. Code that came and went between two calls was never known: what it
  // left goes by the name of what took its place. Before a snapshot is taken: keys may change.
  void FollowModules();

  std::vector<Frame> Symbolize(std::span<const uint64_t> stack) { return symbolizer_.Symbolize(stack); }

  // The modules' code, ascending; it holds until modules are followed again.
  std::vector<MappedCode> Code() { return symbolizer_.Code(); }

  // The same for the same stack and label in every process of one build.
  std::string SiteId(std::span<const uint64_t> stack, std::string_view label);

  // How the stack is known again by later processes of this build, and of the next; the second reads tables of symbols.
  uint64_t PlaceNumber(std::span<const uint64_t> stack, std::string_view label);
  uint64_t NameNumber(std::span<const uint64_t> stack, std::string_view label);

 private:
  Symbolizer symbolizer_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_WATCHED_CODE_H_
