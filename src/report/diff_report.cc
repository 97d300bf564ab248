#include "report/diff_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/text_buffer.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

constexpr size_t kColumnWidth = 14;
constexpr size_t kNameBytes = 100;
constexpr size_t kShownCallers = 2;

std::string Bytes(double bytes) {
  FixedText<64> text;
  AppendBytes(std::abs(bytes), text);
  return std::string(text.view());
}

std::string Change(double bytes) {
  if (bytes == 0) return "0 B";
  return (bytes > 0 ? "+" : "-") + Bytes(bytes);
}

std::string Column(const std::string& text) {
  return std::string(kColumnWidth - std::min(kColumnWidth, text.size()), ' ') + text;
}

std::string Row(const std::string& change, const std::string& before, const std::string& after,
                const std::string& name) {
  return Column(change) + Column(before) + Column(after) + "  " + name + "\n";
}

// The frame that asked for the memory on the program's behalf, and who called it.
std::string Name(const SiteDiff& site) {
  const std::vector<Frame>& frames = site.frames;
  if (frames.empty()) return "?";
  const size_t blamed = BlamedFrame(frames);
  FixedText<512> text;
  for (size_t i = blamed; i < std::min(frames.size(), blamed + 1 + kShownCallers); ++i) {
    if (i > blamed) text.Append(" < ");
    AppendFrameName(frames[i], kNameBytes, text);
  }
  if (!site.label.empty()) {
    text.Append(" for ");
    AppendPrintable(site.label, kNameBytes, text);
  }
  return std::string(text.view());
}

bool IsBigger(const SiteDiff& a, const SiteDiff& b) { return std::abs(a.diff_bytes()) > std::abs(b.diff_bytes()); }

// Those that changed most, in the order of the list.
std::vector<SiteDiff> Chosen(std::vector<SiteDiff> sites, size_t top) {
  std::erase_if(sites, [](const SiteDiff& site) { return site.diff_bytes() == 0; });
  if (top == 0 || sites.size() <= top) return sites;
  std::ranges::stable_sort(sites, IsBigger);
  sites.resize(top);
  std::ranges::stable_sort(sites, [](const SiteDiff& a, const SiteDiff& b) { return a.diff_bytes() > b.diff_bytes(); });
  return sites;
}

ordered_json FrameJson(const Frame& frame) {
  const auto text = [](const std::string& value) { return value.empty() ? ordered_json() : ordered_json(value); };
  return {{"function", text(frame.function)}, {"file", text(frame.file)},         {"line", frame.line},
          {"module", text(frame.module)},     {"build_id", text(frame.build_id)}, {"offset", frame.offset}};
}

ordered_json SiteJson(const SiteDiff& site) {
  ordered_json json = {
      {"diff_bytes", site.diff_bytes()}, {"before_bytes", site.before_bytes}, {"after_bytes", site.after_bytes}};
  if (site.before_samples) json["before_samples"] = *site.before_samples;
  if (site.after_samples) json["after_samples"] = *site.after_samples;
  if (!site.label.empty()) json["label"] = site.label;
  json["frames"] = ordered_json::array();
  for (const Frame& frame : site.frames) json["frames"].push_back(FrameJson(frame));
  return json;
}

}  // namespace

std::string DiffText(const DumpDiff& diff, size_t top) {
  const std::vector<SiteDiff> chosen = Chosen(diff.sites, top);
  std::string text = Row("change", "before", "after", "call stack");
  for (const SiteDiff& site : chosen) {
    text += Row(Change(site.diff_bytes()), Bytes(site.before_bytes), Bytes(site.after_bytes), Name(site));
  }
  text += Row(Change(diff.after_bytes - diff.before_bytes), Bytes(diff.before_bytes), Bytes(diff.after_bytes),
              "all " + std::to_string(diff.sites.size()) + " stacks");
  if (diff.is_partial) text += "A dump leaves stacks out: what it lacks may be there all the same.\n";
  return text;
}

std::string DiffJson(const DumpDiff& diff) {
  ordered_json json = {{"diff_bytes", diff.after_bytes - diff.before_bytes},
                       {"before_bytes", diff.before_bytes},
                       {"after_bytes", diff.after_bytes},
                       {"partial", diff.is_partial},
                       {"sites", ordered_json::array()}};
  for (const SiteDiff& site : diff.sites) json["sites"].push_back(SiteJson(site));
  constexpr int kNoIndent = -1;
  return json.dump(kNoIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace headroom
