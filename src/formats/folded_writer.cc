#include "formats/folded_writer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "formats/frame_label.h"

namespace headroom {
namespace {

// What separates frames and lines cannot be in a name.
std::string FoldedName(const Frame& frame) {
  std::string name = FrameLabel(frame);
  std::ranges::replace(name, ';', ':');
  std::ranges::replace_if(
      name, [](unsigned char c) { return c < 0x20; }, ' ');
  return name;
}

std::string Joined(const std::vector<uint32_t>& stack, const std::vector<std::string>& names) {
  std::string line;
  for (auto frame = stack.rbegin(); frame != stack.rend(); ++frame)
    line.append(line.empty() ? "" : ";").append(names[*frame]);
  return line.empty() ? "?" : line;
}

}  // namespace

std::string WriteFolded(const Dump& dump) {
  std::vector<std::string> names;
  names.reserve(dump.frames.size());
  for (const Frame& frame : dump.frames) names.push_back(FoldedName(frame));
  std::map<std::string, double> bytes;
  for (const DumpSite& site : dump.sites) {
    if (site.live_bytes > 0) bytes[Joined(site.stack, names)] += site.live_bytes;
  }
  std::string text;
  for (const auto& [stack, live_bytes] : bytes) text += stack + " " + std::to_string(std::llround(live_bytes)) + "\n";
  return text;
}

}  // namespace headroom
