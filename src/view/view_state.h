#ifndef HEADROOM_VIEW_VIEW_STATE_H_
#define HEADROOM_VIEW_VIEW_STATE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

// What the sites are sorted by, the most of it first.
enum class SiteOrder { kGrowth, kLive, kSamples, kOldest, kTimeLeft, kName };

// What the person at `headroom top` has chosen.
struct ViewState {
  SiteOrder order = SiteOrder::kGrowth;
  std::string filter;  // sites whose stack does not hold this text are not shown; letter case is ignored
  bool types_filter = false;
  bool shows_help = false;
  bool shows_stack = false;
  bool is_paused = false;
  bool quits = false;
  uint64_t selected = 0;  // the key of a site; 0, or one that is not shown: the first
  size_t first_line = 0;  // of the stack
};

enum class Key { kCharacter, kUp, kDown, kPageUp, kPageDown, kHome, kEnd, kEnter, kEscape, kBackspace, kOther };

struct KeyPress {
  Key key = Key::kOther;
  char character = 0;  // of kCharacter, printable ASCII
};

// What is on the screen, for keys that move on it.
struct Shown {
  std::vector<uint64_t> sites;  // in their order
  size_t page = 10;             // lines that a page key moves by
  size_t last_first_line = 0;   // of the stack, where its end is on the screen
};

// The state after a key.
ViewState After(const ViewState& before, const KeyPress& press, const Shown& shown);

// Of state.selected among the shown sites; 0 where it is not among them.
size_t SelectedIndex(const ViewState& state, const std::vector<uint64_t>& sites);

}  // namespace headroom

#endif  // HEADROOM_VIEW_VIEW_STATE_H_
