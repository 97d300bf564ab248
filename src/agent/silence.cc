#include "agent/silence.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "agent/agent_log.h"
#include "symbols/read_only_file.h"

namespace headroom {

namespace {

constexpr size_t kMaxFileBytes = 256 * 1024;

std::optional<std::string> ReadSmallFile(const std::string& path) {
  const auto file = ReadOnlyFile::Open(path);
  if (!file || file->size_bytes() > kMaxFileBytes) return std::nullopt;
  std::string text(file->size_bytes(), '\0');
  return file->ReadAt(0, text.data(), text.size()) ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace

Silence::Silence(const Options& options, Naming naming) : naming_(std::move(naming)) {
  if (options.suppress.empty()) return;
  const std::string name = "HEADROOM_SUPPRESS=" + options.suppress;
  const std::optional<std::string> text = ReadSmallFile(options.suppress);
  if (!text) Log(LogLevel::kError, Code::kOptionNotTaken, name + " is no readable file of up to 256 KiB; nothing is suppressed");
  const auto error = suppressions_.Add(text.value_or(""), name);
  if (error) Log(LogLevel::kError, Code::kOptionNotTaken, *error + "; the lines before it count");
}

void Silence::Accept(const std::string& id) {
  accepted_.insert(id);
  known_.clear();
}

uint64_t Silence::Take(std::vector<Verdict>* verdicts) {
  if (suppressions_.empty() && accepted_.empty()) return 0;
  uint64_t untold = 0;
  std::erase_if(*verdicts, [&](const Verdict& verdict) {
    const bool is_covered = Covers(verdict);
    untold += is_covered && verdict.severity >= Severity::kNotice ? 1 : 0;
    return is_covered;
  });
  return untold;
}

// What is said of the process as a whole has no site of its own, and is looked at afresh.
bool Silence::Covers(const Verdict& verdict) {
  if (verdict.site_key == 0) return LooksCovered(verdict);
  if (known_.size() >= kMaxKnown) known_.clear();
  const auto [entry, is_new] = known_.try_emplace(verdict.site_key, false);
  if (is_new) entry->second = LooksCovered(verdict);
  return entry->second;
}

bool Silence::LooksCovered(const Verdict& verdict) const {
  return accepted_.contains(naming_.id(verdict)) || suppressions_.Match(naming_.frames(verdict.site_key));
}

}  // namespace headroom
