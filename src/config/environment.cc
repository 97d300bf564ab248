#include "config/environment.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::string_view kRuntimeDirPrefix = "XDG_RUNTIME_DIR=";

}  // namespace

std::optional<Setting> ReadSetting(std::string_view entry) noexcept {
  if (!entry.starts_with(kVariablePrefix)) return std::nullopt;
  entry.remove_prefix(kVariablePrefix.size());
  size_t equals = entry.find('=');
  if (equals == std::string_view::npos) return Setting{entry, {}};
  return Setting{entry.substr(0, equals), entry.substr(equals + 1)};
}

void EnvironmentCopy::Fill(const char* const* envp) noexcept {
  for (; envp != nullptr && *envp != nullptr; ++envp) {
    std::string_view entry(*envp);
    if (entry.starts_with(kVariablePrefix) || entry.starts_with(kRuntimeDirPrefix)) Append(entry);
  }
}

void EnvironmentCopy::Append(std::string_view entry) noexcept {
  if (entry.size() >= kCapacityBytes - used_bytes_) {
    ++entries_lost_;
    return;
  }
  std::copy(entry.begin(), entry.end(), text_ + used_bytes_);
  used_bytes_ += entry.size() + 1;
}

std::vector<std::string_view> EnvironmentCopy::Entries() const {
  std::vector<std::string_view> entries;
  for (size_t at = 0; at < used_bytes_; at += entries.back().size() + 1) entries.emplace_back(text_ + at);
  return entries;
}

std::string_view EnvironmentCopy::runtime_dir() const {
  for (std::string_view entry : Entries()) {
    if (entry.starts_with(kRuntimeDirPrefix)) return entry.substr(kRuntimeDirPrefix.size());
  }
  return {};
}

}  // namespace headroom
