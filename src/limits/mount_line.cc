#include "limits/mount_line.h"

#include <algorithm>

namespace headroom {
namespace {

bool IsOctal(char c) { return c >= '0' && c <= '7'; }

// "\040": three digits that make a byte.
bool IsEscape(std::string_view text) {
  return text.size() >= 4 && text[0] == '\\' && text[1] <= '3' && std::all_of(&text[1], &text[1] + 3, IsOctal);
}

std::string_view TakeWord(std::string_view* text) {
  const size_t length = std::min(text->find(' '), text->size());
  const std::string_view word = text->substr(0, length);
  text->remove_prefix(std::min(length + 1, text->size()));
  return word;
}

}  // namespace

// "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory": any number of optional fields
// stands before the dash, and the source behind the type may be empty.
std::optional<MountLine> ParseMountLine(std::string_view line) {
  const size_t dash = line.find(" - ");
  if (dash == std::string_view::npos) return std::nullopt;
  std::string_view front = line.substr(0, dash);
  std::string_view back = line.substr(dash + 3);
  for (int field = 0; field < 3; ++field) TakeWord(&front);
  MountLine mount;
  mount.root = TakeWord(&front);
  mount.point = TakeWord(&front);
  mount.type = TakeWord(&back);
  mount.super_options = back.substr(back.rfind(' ') + 1);
  if (!mount.root.starts_with('/') || !mount.point.starts_with('/')) return std::nullopt;
  return mount;
}

std::string UnescapeOctal(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const bool escape = IsEscape(text);
    plain.push_back(escape ? static_cast<char>((text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0')) : text[0]);
    text.remove_prefix(escape ? 4 : 1);
  }
  return plain;
}

}  // namespace headroom
