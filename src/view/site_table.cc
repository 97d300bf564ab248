#include "view/site_table.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <string>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/say.h"
#include "view/words.h"

namespace headroom {
namespace {

constexpr size_t kNameCells = 20;  // at least
constexpr std::string_view kNothing = "-";

std::string GrowthCell(const SiteStatus& site) {
  if (site.growth_bytes_per_s.estimate <= 0) return std::string(kNothing);
  return Say(AppendOneRate, site.growth_bytes_per_s.estimate);
}

// "-19/+21 %": how far the ends of the interval are from the estimate.
std::string IntervalCell(const SiteStatus& site) {
  const Interval& growth = site.growth_bytes_per_s;
  if (growth.estimate <= 0) return std::string(kNothing);
  const auto percent = [&growth](double end) {
    return std::to_string(std::lround(std::clamp(std::fabs(end / growth.estimate - 1) * 100, 0.0, 999.0)));
  };
  return "-" + percent(growth.low) + "/+" + percent(growth.high) + " %";
}

std::string LiveCell(const SiteStatus& site) { return BytesWords(site.live_bytes); }

std::string SamplesCell(const SiteStatus& site) { return std::to_string(site.live_samples); }

std::string OldestCell(const SiteStatus& site) {
  return site.oldest_s > 0 ? ShortDurationWords(site.oldest_s) : std::string(kNothing);
}

std::string TimeLeftCell(const SiteStatus& site) {
  return site.eta_s ? DurationWords(std::max(site.eta_s->estimate, 0.0)) : std::string(kNothing);
}

struct Column {
  std::string_view head;
  size_t width;
  int worth;  // the least is left out first
  SiteOrder order;
  std::string (*cell)(const SiteStatus&);
};

constexpr Column kColumns[] = {
    {"GROWTH", 12, 9, SiteOrder::kGrowth, GrowthCell}, {"80 % SURE", 10, 5, SiteOrder::kGrowth, IntervalCell},
    {"LIVE", 8, 8, SiteOrder::kLive, LiveCell},        {"SAMPLES", 7, 3, SiteOrder::kSamples, SamplesCell},
    {"OLDEST", 6, 4, SiteOrder::kOldest, OldestCell},  {"TIME LEFT", 11, 7, SiteOrder::kTimeLeft, TimeLeftCell},
};

std::vector<Column> ColumnsFor(size_t width) {
  std::vector<Column> columns(std::begin(kColumns), std::end(kColumns));
  const auto taken = [&columns] {
    size_t cells = 0;
    for (const Column& column : columns) cells += column.width + 1;
    return cells;
  };
  while (columns.size() > 1 && taken() + kNameCells > width) {
    columns.erase(std::ranges::min_element(columns, {}, &Column::worth));
  }
  return columns;
}

// An arrow says what it is sorted by.
std::string HeadOf(const std::vector<Column>& columns, SiteOrder order) {
  std::string head;
  bool is_marked = false;
  for (const Column& column : columns) {
    const bool is_mark = column.order == order && !is_marked;
    is_marked = is_marked || is_mark;
    head += PadLeft((is_mark ? "v" : "") + std::string(column.head), column.width) + " ";
  }
  return head + (order == SiteOrder::kName ? "vSITE" : "SITE");
}

std::string RowOf(const std::vector<Column>& columns, const SiteStatus& site) {
  std::string row;
  for (const Column& column : columns) row += PadLeft(CutText(column.cell(site), column.width), column.width) + " ";
  return row + BlamedWords(site.frames) + LabelWords(site.label);
}

Look LookOf(const SiteStatus& site) {
  if (site.severity == Severity::kCritical) return Look::kAlarm;
  if (site.severity == Severity::kWarning) return Look::kWarning;
  return site.growth_bytes_per_s.estimate > 0 ? Look::kBold : Look::kPlain;
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lowered;
}

bool Holds(const SiteStatus& site, const std::string& lowered_filter) {
  return std::ranges::any_of(site.frames, [&](const Frame& frame) {
    return Lowered(frame.function).find(lowered_filter) != std::string::npos ||
           Lowered(frame.module).find(lowered_filter) != std::string::npos;
  });
}

// What a site has of what is sorted by. Who is sorted by name has nothing.
double AmountOf(const SiteStatus& site, SiteOrder order) {
  switch (order) {
    case SiteOrder::kGrowth:
      return site.growth_bytes_per_s.estimate;
    case SiteOrder::kLive:
      return site.live_bytes;
    case SiteOrder::kSamples:
      return static_cast<double>(site.live_samples);
    case SiteOrder::kOldest:
      return site.oldest_s;
    case SiteOrder::kTimeLeft:
      return site.eta_s ? -site.eta_s->estimate : -std::numeric_limits<double>::infinity();
    case SiteOrder::kName:
      break;
  }
  return 0;
}

}  // namespace

std::vector<const SiteStatus*> ShownSites(const Status& status, const ViewState& state) {
  std::vector<const SiteStatus*> sites;
  const std::string filter = Lowered(state.filter);
  for (const SiteStatus& site : status.top_sites) {
    if (filter.empty() || Holds(site, filter)) sites.push_back(&site);
  }
  std::ranges::stable_sort(sites, [order = state.order](const SiteStatus* a, const SiteStatus* b) {
    const double of_a = AmountOf(*a, order), of_b = AmountOf(*b, order);
    if (of_a != of_b) return of_a > of_b;
    return order == SiteOrder::kName ? BlamedWords(a->frames) < BlamedWords(b->frames) : a->live_bytes > b->live_bytes;
  });
  return sites;
}

Screen SiteTable(const std::vector<const SiteStatus*>& sites, const ViewState& state, size_t first, size_t width,
                 size_t height) {
  const std::vector<Column> columns = ColumnsFor(width);
  Screen screen = {Line(HeadOf(columns, state.order)).BarOf(width, Look::kBar)};
  for (size_t i = first; i < sites.size() && screen.size() < height; ++i) {
    const Line row(RowOf(columns, *sites[i]), LookOf(*sites[i]));
    const bool is_selected = state.selected != 0 && sites[i]->site_key == state.selected;
    screen.push_back(is_selected ? row.BarOf(width, Look::kSelected) : row.CutAt(width));
  }
  return screen;
}

}  // namespace headroom
