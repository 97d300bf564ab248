#include "limits/kernel_files.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>

namespace headroom {
namespace {

// A path in a fixed buffer. One that does not fit becomes the empty path, which names no file.
class FullPath {
 public:
  FullPath(const std::string& root_prefix, KernelPath path) {
    const int length = std::snprintf(text_.data(), text_.size(), "%s%.*s/%.*s", root_prefix.c_str(),
                                     static_cast<int>(path.directory.size()), path.directory.data(),
                                     static_cast<int>(path.file.size()), path.file.data());
    if (length < 0 || static_cast<size_t>(length) >= text_.size()) text_[0] = '\0';
  }

  const char* c_str() const { return text_.data(); }

 private:
  std::array<char, PATH_MAX> text_;
};

bool IsMissing(int open_error) { return open_error == ENOENT || open_error == ENOTDIR || open_error == ENODEV; }

std::optional<uint64_t> FromKibibytes(std::optional<uint64_t> kibibytes) {
  if (!kibibytes || *kibibytes > UINT64_MAX / 1024) return std::nullopt;
  return *kibibytes * 1024;
}

// `text` is what follows the key: blanks, the number, and what the form wants behind it.
std::optional<uint64_t> ParseField(FieldForm form, std::string_view text) {
  const size_t start = text.find_first_not_of(" \t");
  if (start == 0 || start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start);
  const std::string_view word = text.substr(0, text.find(' '));
  const std::string_view rest = text.substr(word.size());
  switch (form) {
    case FieldForm::kPlain:
      return rest.empty() ? ParseAmount(word) : std::nullopt;
    case FieldForm::kKibibytes:
      return rest == " kB" ? FromKibibytes(ParseAmount(word)) : std::nullopt;
    case FieldForm::kColumns:
      return rest.empty() ? std::nullopt : ParseAmount(word);
  }
  return std::nullopt;
}

}  // namespace

std::optional<uint64_t> ParseAmount(std::string_view word) {
  if (word == "max" || word == "unlimited") return kUnlimited;
  uint64_t amount = 0;
  const char* const end = word.data() + word.size();
  const auto [stopped, error] = std::from_chars(word.data(), end, amount);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return amount;
}

LineReader KernelFiles::Open(KernelPath path) const { return LineReader(FullPath(root_prefix_, path).c_str()); }

bool KernelFiles::Exists(KernelPath path) const { return access(FullPath(root_prefix_, path).c_str(), F_OK) == 0; }

std::optional<uint64_t> KernelFiles::Amount(KernelPath path) {
  LineReader lines = Open(path);
  if (!Opened(path, lines)) return std::nullopt;
  const auto amount = ParseAmount(lines.Next().value_or(""));
  if (!amount) Complain(path, "a number or max");
  return amount;
}

bool KernelFiles::Fields(KernelPath path, FieldForm form, std::span<Field> fields) {
  LineReader lines = Open(path);
  if (!Opened(path, lines)) return false;
  size_t missing = fields.size();
  while (missing > 0) {
    const auto line = lines.Next();
    if (!line) break;
    for (Field& field : fields) {
      if (field.value || !line->starts_with(field.key)) continue;
      field.value = ParseField(form, line->substr(field.key.size()));
      if (field.value) --missing;
    }
  }
  for (const Field& field : fields) {
    if (!field.value) Complain(path, field.key);
  }
  return missing == 0;
}

bool KernelFiles::Opened(KernelPath path, const LineReader& lines) {
  const int error = lines.open_error();
  if (error != 0 && !IsMissing(error)) {
    Complain(path, "to be readable, errno " + std::to_string(error));
  }
  return error == 0;
}

void KernelFiles::Complain(KernelPath path, std::string_view expected) {
  if (!complaint_.empty()) return;
  complaint_.append(path.directory).append("/").append(path.file).append(": expected ").append(expected);
}

}  // namespace headroom
