#include "view/top_screen.h"

#include <algorithm>

#include "view/headline.h"
#include "view/site_table.h"
#include "view/stack_page.h"
#include "view/words.h"

namespace headroom {
namespace {

constexpr std::string_view kKeys = "q quit  ? help  Enter stack  / filter  p pause  sort by g l s o t n";
constexpr std::string_view kStackKeys = "q quit  ? help  Enter or Esc back  arrows scroll  p pause";

constexpr std::string_view kHelp[] = {
    "",
    "  Up, Down, j, k, PgUp, PgDn, Home, End   move, or scroll a stack",
    "  Enter         open the call stack of the site, and close it again",
    "  /             show only sites with this text in their stack; Esc forgets it",
    "  g l s o t n   sort by growth, live bytes, samples, oldest, time left, name",
    "  p             pause: the view stays as it is",
    "  q             quit",
    "",
    "  GROWTH     bytes that stay, in the time that follows the slash; - where no growth is proven",
    "  80 % SURE  the ends of the interval that holds the true growth in four of five cases",
    "  LIVE       estimate of the bytes that are allocated and not freed",
    "  SAMPLES    allocations of them that were looked at: the fewer, the less exact the rest",
    "  OLDEST     age of the oldest sample",
    "  TIME LEFT  until the nearest limit if the growth goes on",
    "",
    "  any key goes back",
};

Line BottomLine(const ViewState& state) {
  if (state.types_filter) return Line("filter: " + state.filter + "_   Enter keeps it, Esc forgets it", Look::kBar);
  std::string words;
  if (state.is_paused) words += "PAUSED  ";
  if (!state.filter.empty()) words += "filter: " + state.filter + "  ";
  return Line(words + std::string(state.shows_stack ? kStackKeys : kKeys), Look::kBar);
}

// Blank below, or cut.
Screen Fitted(Screen part, size_t height) {
  part.resize(height);
  return part;
}

Screen HelpPart(size_t height) {
  Screen part;
  for (std::string_view line : kHelp) part.emplace_back(std::string(line));
  return Fitted(std::move(part), height);
}

// Of the selected site and no other, even when it has left the record.
Screen SelectedStack(const std::vector<const SiteStatus*>& sites, double now_s, const ViewState& state) {
  const auto site = std::ranges::find(sites, state.selected, &SiteStatus::site_key);
  if (site != sites.end()) return StackPage(**site, now_s);
  return {Line("this call stack is no longer among those that the record tells of", Look::kWarning)};
}

Screen StackPart(const std::vector<const SiteStatus*>& sites, double now_s, const ViewState& state, size_t height,
                 Shown& shown) {
  Screen page = SelectedStack(sites, now_s, state);
  shown.last_first_line = page.size() > height ? page.size() - height : 0;
  const size_t first = std::min(state.first_line, shown.last_first_line);
  page.erase(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(first));
  return Fitted(std::move(page), height);
}

Screen SitePart(const std::vector<const SiteStatus*>& sites, ViewState state, size_t width, size_t height,
                const Shown& shown) {
  const size_t selected = SelectedIndex(state, shown.sites);
  if (!sites.empty()) state.selected = shown.sites[selected];
  const size_t rows = std::max<size_t>(height, 2) - 1;  // below the head
  const size_t first = selected < rows ? 0 : selected - rows + 1;
  Screen part = SiteTable(sites, state, first, width, height);
  if (sites.empty()) {
    part.emplace_back(state.filter.empty() ? "  no call stack has a sample yet"
                                           : "  no call stack holds the filter's text");
  }
  return Fitted(std::move(part), height);
}

}  // namespace

TopScreen LayOut(const Status& status, const Viewing& viewing, const ViewState& state, size_t width, size_t height) {
  TopScreen screen;
  screen.lines = Headline(status, viewing);
  screen.lines.emplace_back();
  const size_t above = std::min(screen.lines.size(), height);
  const size_t between = height > above ? height - above - 1 : 0;  // one line for the keys below
  const std::vector<const SiteStatus*> sites = ShownSites(status, state);
  for (const SiteStatus* site : sites) screen.shown.sites.push_back(site->site_key);
  screen.shown.page = std::max<size_t>(between, 3) - 2;

  Screen part;
  if (state.shows_help) {
    part = HelpPart(between);
  } else if (state.shows_stack) {
    part = StackPart(sites, viewing.now_s, state, between, screen.shown);
  } else {
    part = SitePart(sites, state, width, between, screen.shown);
  }
  screen.lines.insert(screen.lines.end(), part.begin(), part.end());
  screen.lines.resize(std::max<size_t>(height, 1) - 1);
  if (height > 0) screen.lines.push_back(BottomLine(state).BarOf(width, Look::kBar));
  for (Line& line : screen.lines) line = line.CutAt(width);
  return screen;
}

Screen LayOutOnce(const Status& status, const Viewing& viewing, size_t width) {
  Screen screen = Headline(status, viewing);
  screen.emplace_back();
  const std::vector<const SiteStatus*> sites = ShownSites(status, {});
  const Screen table = SiteTable(sites, {}, 0, width, sites.size() + 1);
  screen.insert(screen.end(), table.begin(), table.end());
  for (Line& line : screen) line = line.CutAt(width);
  return screen;
}

}  // namespace headroom
