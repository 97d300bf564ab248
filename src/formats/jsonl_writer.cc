#include "formats/jsonl_writer.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "formats/frame_label.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

template <typename Value>
void SetIfKnown(ordered_json& object, const char* key, const std::optional<Value>& value) {
  if (value) object[key] = *value;
}

void SetAges(ordered_json& object, const char* key, const std::optional<std::vector<AgedSamples>>& ages) {
  if (!ages) return;
  ordered_json list = ordered_json::array();
  for (const AgedSamples& aged : *ages) list.push_back({aged.age_low_s, aged.bytes, aged.samples});
  object[key] = std::move(list);
}

ordered_json SiteJson(const DumpSite& site, const std::vector<std::string>& names) {
  ordered_json stack = ordered_json::array();
  for (const uint32_t frame : site.stack) stack.push_back(names[frame]);
  ordered_json object = {{"stack", std::move(stack)}, {"live_bytes", site.live_bytes}};
  SetIfKnown(object, "live_samples", site.live_samples);
  SetIfKnown(object, "born_bytes", site.born_bytes);
  SetIfKnown(object, "born_samples", site.born_samples);
  SetIfKnown(object, "died_bytes", site.died_bytes);
  SetIfKnown(object, "died_samples", site.died_samples);
  SetAges(object, "ages", site.ages);
  SetAges(object, "died_ages", site.died_ages);
  if (!site.label.empty()) object["label"] = site.label;
  return object;
}

}  // namespace

std::string JsonlLine(const Dump& dump) {
  std::vector<std::string> names;
  for (const Frame& frame : dump.frames) names.push_back(FrameLabel(frame));
  ordered_json line = ordered_json::object();
  SetIfKnown(line, "time_s", dump.time_s);
  SetIfKnown(line, "limit_bytes", dump.limit_bytes);
  SetIfKnown(line, "used_bytes", dump.used_bytes);
  line["sample_bytes"] = dump.sample_bytes;
  if (dump.partial) line["partial"] = true;
  ordered_json& sites = line["sites"] = ordered_json::array();
  for (const DumpSite& site : dump.sites) {
    if (!site.stack.empty()) sites.push_back(SiteJson(site, names));
  }
  return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace headroom
