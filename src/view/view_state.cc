#include "view/view_state.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr size_t kMaxFilterBytes = 100;

ViewState TypeFilter(ViewState state, const KeyPress& press) {
  if (press.key == Key::kEnter) state.types_filter = false;
  if (press.key == Key::kEscape) state.types_filter = false, state.filter.clear();
  if (press.key == Key::kBackspace && !state.filter.empty()) state.filter.pop_back();
  if (press.key == Key::kCharacter && state.filter.size() < kMaxFilterBytes) state.filter += press.character;
  return state;
}

// How many lines a key moves down; negative: up.
int64_t StepOf(const KeyPress& press, const Shown& shown) {
  constexpr int64_t kFar = 1'000'000;
  switch (press.key) {
    case Key::kUp:
      return -1;
    case Key::kDown:
      return 1;
    case Key::kPageUp:
      return -static_cast<int64_t>(shown.page);
    case Key::kPageDown:
      return static_cast<int64_t>(shown.page);
    case Key::kHome:
      return -kFar;
    case Key::kEnd:
      return kFar;
    default:
      return press.character == 'j' ? 1 : press.character == 'k' ? -1 : 0;
  }
}

size_t Moved(size_t from, int64_t step, size_t last) {
  return static_cast<size_t>(std::clamp<int64_t>(static_cast<int64_t>(from) + step, 0, static_cast<int64_t>(last)));
}

ViewState Move(ViewState state, int64_t step, const Shown& shown) {
  if (state.shows_stack) {
    state.first_line = Moved(state.first_line, step, shown.last_first_line);
  } else if (!shown.sites.empty()) {
    state.selected = shown.sites[Moved(SelectedIndex(state, shown.sites), step, shown.sites.size() - 1)];
  }
  return state;
}

ViewState OpenOrClose(ViewState state, const Shown& shown) {
  if (!state.shows_stack && shown.sites.empty()) return state;
  if (!state.shows_stack) state.selected = shown.sites[SelectedIndex(state, shown.sites)];
  state.shows_stack = !state.shows_stack;
  state.first_line = 0;
  return state;
}

// One thing at a time: the stack, then the filter.
ViewState GoBack(ViewState state) {
  if (state.shows_stack) {
    state.shows_stack = false;
  } else {
    state.filter.clear();
  }
  return state;
}

ViewState Sort(ViewState state, SiteOrder order) {
  state.order = order;
  state.selected = 0;
  return state;
}

ViewState Command(ViewState state, char character) {
  switch (character) {
    case 'q':
      state.quits = true;
      return state;
    case 'g':
      return Sort(state, SiteOrder::kGrowth);
    case 'l':
      return Sort(state, SiteOrder::kLive);
    case 's':
      return Sort(state, SiteOrder::kSamples);
    case 'o':
      return Sort(state, SiteOrder::kOldest);
    case 't':
      return Sort(state, SiteOrder::kTimeLeft);
    case 'n':
      return Sort(state, SiteOrder::kName);
    case 'p':
      state.is_paused = !state.is_paused;
      return state;
    case '/':
      state.types_filter = true;
      state.shows_stack = false;
      return state;
    case '?':
    case 'h':
      state.shows_help = true;
      return state;
    default:
      return state;
  }
}

}  // namespace

size_t SelectedIndex(const ViewState& state, const std::vector<uint64_t>& sites) {
  const auto found = std::find(sites.begin(), sites.end(), state.selected);
  return found == sites.end() ? 0 : static_cast<size_t>(found - sites.begin());
}

ViewState After(const ViewState& before, const KeyPress& press, const Shown& shown) {
  ViewState state = before;
  if (state.types_filter) return TypeFilter(state, press);
  if (state.shows_help) {
    state.shows_help = false;  // any key; one that quits does so
    state.quits = press.character == 'q';
    return state;
  }
  if (press.key == Key::kEnter) return OpenOrClose(state, shown);
  if (press.key == Key::kEscape) return GoBack(state);
  const int64_t step = StepOf(press, shown);
  return step != 0 ? Move(state, step, shown) : Command(state, press.character);
}

}  // namespace headroom
