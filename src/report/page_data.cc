#include "report/page_data.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <tuple>

#include "alarm/blame.h"
#include "alarm/text_buffer.h"
#include "report/drift.h"
#include "report/json_report.h"
#include "report/words.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

constexpr size_t kShownSites = 1000;
constexpr size_t kShownFrames = 256;
constexpr size_t kNameBytes = 400;

// Each frame once, however many stacks it is in.
class FrameTable {
 public:
  size_t IndexOf(const Frame& frame) {
    const Key key(frame.function, frame.file, frame.line, frame.module, frame.build_id, frame.offset);
    const auto [entry, is_new] = index_.try_emplace(key, frames_.size());
    if (is_new) frames_.push_back(Describe(frame));
    return entry->second;
  }

  ordered_json Take() { return std::move(frames_); }

 private:
  using Key = std::tuple<std::string, std::string, int, std::string, std::string, uint64_t>;

  static ordered_json Describe(const Frame& frame) {
    FixedText<kNameBytes + 64> name;
    AppendFrameName(frame, kNameBytes, name);
    return {{"name", name.view()},    {"function", frame.function}, {"file", frame.file},    {"line", frame.line},
            {"module", frame.module}, {"build_id", frame.build_id}, {"offset", frame.offset}};
  }

  std::map<Key, size_t> index_;
  ordered_json frames_ = ordered_json::array();
};

double Rounded(double value, double parts) { return std::round(value * parts) / parts; }

ordered_json Bytes(const auto& values) {
  ordered_json json = ordered_json::array();
  for (const double value : values) {
    json.push_back(std::isfinite(value) ? ordered_json(std::llround(value)) : ordered_json());
  }
  return json;
}

ordered_json Times(const std::vector<double>& times_s, double start_s) {
  constexpr double kMilliseconds = 1e3;
  ordered_json json = ordered_json::array();
  for (const double time_s : times_s) json.push_back(Rounded(time_s - start_s, kMilliseconds));
  return json;
}

ordered_json CurveData(const Curve& curve, double start_s) {
  if (curve.times_s.empty()) return {};
  std::vector<double> estimates, lows, highs;
  for (const Interval& bytes : curve.bytes) {
    estimates.push_back(bytes.estimate);
    lows.push_back(bytes.low);
    highs.push_back(bytes.high);
  }
  return {{"times_s", Times(curve.times_s, start_s)},
          {"estimate", Bytes(estimates)},
          {"low", Bytes(lows)},
          {"high", Bytes(highs)}};
}

ordered_json AgesData(const std::optional<std::vector<AgedSamples>>& ages) {
  if (!ages) return {};
  ordered_json json = ordered_json::array();
  for (const AgedSamples& aged : *ages) json.push_back({aged.age_low_s, std::llround(aged.bytes), aged.samples});
  return json;
}

ordered_json EventData(AlarmEvent event) {
  event.frames.clear();
  ordered_json json = ordered_json::parse(JsonLine(event));
  json["site"].erase("frames");
  return json;
}

ordered_json FactsData(const SiteReport& site) {
  ordered_json json = ordered_json::array();
  if (!Grows(site)) return json;
  for (const Fact& fact : GrowthFacts(site)) json.push_back({fact.label, fact.words});
  return json;
}

ordered_json SiteData(const SiteReport& site, const LifeReport& life, FrameTable& frames) {
  const std::vector<Frame>& stack = site.event.frames;
  ordered_json indices = ordered_json::array();
  for (size_t i = 0; i < std::min(stack.size(), kShownFrames); ++i) indices.push_back(frames.IndexOf(stack[i]));
  return {{"name", BlamedName(site.event)},
          {"class", ClassWords(site.event.verdict.verdict)},
          {"event", EventData(site.event)},
          {"facts", FactsData(site)},
          {"stack", std::move(indices)},
          {"live_bytes", Bytes(site.live_bytes)},
          {"drift_bytes_per_s", Rounded(Drift(life.times_s, site.live_bytes), 1e6)},
          {"curve", CurveData(site.curve, life.start_s)},
          {"ages", AgesData(site.ages)}};
}

ordered_json SitesData(const LifeReport& life, FrameTable& frames) {
  ordered_json json = ordered_json::array();
  for (size_t i = 0; i < std::min(life.sites.size(), kShownSites); ++i) {
    json.push_back(SiteData(life.sites[i], life, frames));
  }
  return json;
}

ordered_json LeftOutData(const LifeReport& life) {
  double live_bytes = life.further_bytes;
  for (size_t i = kShownSites; i < life.sites.size(); ++i) live_bytes += life.sites[i].event.verdict.live_bytes;
  return {{"sites", life.further_sites + life.sites.size() - std::min(life.sites.size(), kShownSites)},
          {"live_bytes", live_bytes}};
}

ordered_json IntervalData(const std::optional<Interval>& interval) {
  if (!interval) return {};
  return {{"estimate", interval->estimate}, {"low", interval->low}, {"high", interval->high}};
}

ordered_json LimitData(const Exhaustion& end) {
  if (end.limit.empty()) return {};
  return {{"name", end.limit}, {"bytes", end.limit_bytes}};
}

ordered_json LifeData(const LifeReport& life, const Report& report, FrameTable& frames) {
  return {{"words", SpanWords(life, report)},
          {"start_s", life.start_s},
          {"end_s", life.end_s},
          {"times_s", Times(life.times_s, life.start_s)},
          {"live_bytes", Bytes(life.live_bytes)},
          {"used_bytes", Bytes(life.used_bytes)},
          {"limit", LimitData(life.exhaustion)},
          {"time_left", TimeLeftWords(life.exhaustion)},
          {"eta_s", IntervalData(life.exhaustion.eta_s)},
          {"forecast", CurveData(life.forecast, life.start_s)},
          {"suppressed", life.suppressed},
          {"left_out", LeftOutData(life)},
          {"sites", SitesData(life, frames)}};
}

// Where the worst is.
size_t WorstLife(const Report& report) {
  const SiteReport* worst = Worst(report);
  const auto has_worst = [&](const LifeReport& life) { return !life.sites.empty() && &life.sites.front() == worst; };
  const auto life = std::ranges::find_if(report.lives, has_worst);
  return static_cast<size_t>(life == report.lives.end() ? 0 : life - report.lives.begin());
}

std::string WithoutMarkup(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        text += "\\u003c";
        break;
      case '>':
        text += "\\u003e";
        break;
      case '&':
        text += "\\u0026";
        break;
      default:
        text += c;
    }
  }
  return text;
}

}  // namespace

std::string PageData(const Report& report) {
  FrameTable frames;
  ordered_json lives = ordered_json::array();
  for (const LifeReport& life : report.lives) lives.push_back(LifeData(life, report, frames));
  const ordered_json json = {{"headline", Headline(report)},
                             {"notes", report.notes},
                             {"worst_life", WorstLife(report)},
                             {"lives", std::move(lives)},
                             {"frames", frames.Take()}};
  constexpr int kNoIndent = -1;
  return WithoutMarkup(json.dump(kNoIndent, ' ', false, ordered_json::error_handler_t::replace));
}

}  // namespace headroom
