#ifndef HEADROOM_CONFIG_ENVIRONMENT_H_
#define HEADROOM_CONFIG_ENVIRONMENT_H_

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace headroom {

inline constexpr std::string_view kVariablePrefix = "HEADROOM_";

// What follows the prefix of "HEADROOM_NAME=value"; a missing '=' is an empty value.
struct Setting {
  std::string_view name;
  std::string_view value;
};

// Empty: not one of ours.
std::optional<Setting> ReadSetting(std::string_view entry) noexcept;

// The part of the environment that headroom reads (HEADROOM_* and XDG_RUNTIME_DIR), taken in the constructor of the
// library, because daemons clear or overwrite theirs. For a constinit object of static storage; zero-filled = empty.
class EnvironmentCopy {
 public:
  static constexpr size_t kCapacityBytes = 8192;

  // `envp` ends with a null pointer, or is null. Neither allocates nor throws. Call once. The environment of a
  // set-user-ID program belongs to its caller and must not be given here.
  void Fill(const char* const* envp) noexcept;

  // What the program itself asks for, until the next ForgetSet; not taken where the environment has that option already.
  void Set(std::string_view name, std::string_view value) noexcept;
  void ForgetSet() noexcept { used_bytes_ = filled_bytes_; }

  // visit(entry) for each "NAME=value", in their order. Does not allocate itself.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t at = 0; at < used_bytes_;) {
      const std::string_view entry(text_ + at);
      visit(entry);
      at += entry.size() + 1;
    }
  }

  // All of them; they live as long as the copy. Allocates.
  std::vector<std::string_view> Entries() const;

  std::string_view runtime_dir() const;  // $XDG_RUNTIME_DIR, or empty

  size_t entries_lost() const { return entries_lost_; }  // did not fit

 private:
  void Append(std::initializer_list<std::string_view> parts) noexcept;

  size_t used_bytes_ = 0;
  size_t filled_bytes_ = 0;  // of those, from the environment
  size_t entries_lost_ = 0;
  char text_[kCapacityBytes] = {};  // entries, each closed by a NUL
};

}  // namespace headroom

#endif  // HEADROOM_CONFIG_ENVIRONMENT_H_
