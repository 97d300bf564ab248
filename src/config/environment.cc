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
    if (entry.starts_with(kVariablePrefix) || entry.starts_with(kRuntimeDirPrefix)) Append({entry});
  }
  filled_bytes_ = used_bytes_;
}

void EnvironmentCopy::Set(std::string_view name, std::string_view value) noexcept {
  bool is_there = false;
  ForEach([&](std::string_view entry) {
    const std::optional<Setting> setting = ReadSetting(entry);
    is_there |= setting && setting->name == name;
  });
  if (!is_there) Append({kVariablePrefix, name, "=", value});
}

void EnvironmentCopy::Append(std::initializer_list<std::string_view> parts) noexcept {
  size_t bytes = 0;
  for (std::string_view part : parts) bytes += part.size();
  if (bytes >= kCapacityBytes - used_bytes_) {
    ++entries_lost_;
    return;
  }
  for (std::string_view part : parts) {
    std::copy(part.begin(), part.end(), text_ + used_bytes_);
    used_bytes_ += part.size();
  }
  text_[used_bytes_++] = '\0';
}

std::vector<std::string_view> EnvironmentCopy::Entries() const {
  std::vector<std::string_view> entries;
  ForEach([&](std::string_view entry) { entries.push_back(entry); });
  return entries;
}

std::string_view EnvironmentCopy::runtime_dir() const {
  for (std::string_view entry : Entries()) {
    if (entry.starts_with(kRuntimeDirPrefix)) return entry.substr(kRuntimeDirPrefix.size());
  }
  return {};
}

}  // namespace headroom
