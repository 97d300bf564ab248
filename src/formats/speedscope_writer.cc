#include "formats/speedscope_writer.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "formats/frame_label.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

ordered_json FrameJson(const Frame& frame) {
  ordered_json json = {{"name", FrameLabel(frame)}};
  if (!frame.file.empty()) json["file"] = frame.file;
  if (frame.line > 0) json["line"] = frame.line;
  return json;
}

ordered_json ProfileJson(const Dump& dump) {
  ordered_json samples = ordered_json::array(), weights = ordered_json::array();
  double total_bytes = 0;
  for (const DumpSite& site : dump.sites) {
    if (site.live_bytes <= 0) continue;
    samples.push_back(std::vector<uint32_t>(site.stack.rbegin(), site.stack.rend()));
    weights.push_back(site.live_bytes);
    total_bytes += site.live_bytes;
  }
  return {{"type", "sampled"},       {"name", dump.source}, {"unit", "bytes"},   {"startValue", 0},
          {"endValue", total_bytes}, {"samples", samples},  {"weights", weights}};
}

}  // namespace

std::string WriteSpeedscope(const Dump& dump) {
  ordered_json frames = ordered_json::array();
  for (const Frame& frame : dump.frames) frames.push_back(FrameJson(frame));
  const ordered_json json = {{"$schema", "https://www.speedscope.app/file-format-schema.json"},
                             {"exporter", "headroom " HEADROOM_VERSION},
                             {"name", dump.source},
                             {"shared", {{"frames", frames}}},
                             {"profiles", ordered_json::array({ProfileJson(dump)})}};
  constexpr int kNoIndent = -1;
  return json.dump(kNoIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace headroom
