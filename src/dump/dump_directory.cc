#include "dump/dump_directory.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

#include "alarm/signal_shield.h"
#include "alarm/unique_fd.h"
#include "dump/dump_writer.h"
#include "dump/file_part.h"

namespace headroom {
namespace {

constexpr std::string_view kExtension = ".pb";
constexpr int kDigits = 6;
constexpr size_t kMostNameBytes = 64;
constexpr size_t kMostAdopted = 4096;
constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kOwnersDirectory = 0700;
constexpr int kNewFile = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;

// A program may be called anything: no separator, not hidden.
std::string FileNameFor(std::string_view program) {
  std::string name(program.substr(0, kMostNameBytes));
  for (char& c : name) {
    if (c == '/' || static_cast<unsigned char>(c) <= ' ' || c == '\x7f') c = '_';
  }
  if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
  return name;
}

struct Name {
  int64_t pid = 0;
  uint64_t number = 0;
};

// PROGRAM.PID.NUMBER.pb, of this program.
std::optional<Name> ParseName(std::string_view text, std::string_view program) {
  if (!text.starts_with(program) || !text.ends_with(kExtension)) return std::nullopt;
  text.remove_suffix(kExtension.size());
  text.remove_prefix(program.size());
  Name name;
  const char* const end = text.data() + text.size();
  if (text.empty() || text.front() != '.') return std::nullopt;
  const auto pid = std::from_chars(text.data() + 1, end, name.pid);
  if (pid.ec != std::errc() || pid.ptr == end || *pid.ptr != '.') return std::nullopt;
  const auto number = std::from_chars(pid.ptr + 1, end, name.number);
  if (number.ec != std::errc() || number.ptr != end) return std::nullopt;
  return name;
}

std::string Padded(uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
  return digits;
}

bool IsAlive(int64_t pid) { return kill(static_cast<pid_t>(pid), 0) == 0 || errno != ESRCH; }

double Seconds(const timespec& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// The names in a directory, by the system call itself: opendir would allocate from the process's own malloc.
template <typename Visit>
void ForEachName(int directory_fd, Visit visit) {
  struct Entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[1];
  };
  constexpr size_t kNameAt = 19;  // linux_dirent64: the name begins right behind the type
  alignas(Entry) char block[8192];
  for (;;) {
    const long got = syscall(SYS_getdents64, directory_fd, block, sizeof block);
    if (got <= 0) return;
    for (long at = 0; at < got;) {
      unsigned short length;
      std::memcpy(&length, block + at + offsetof(Entry, length), sizeof length);
      visit(std::string_view(block + at + kNameAt));
      at += length;
    }
  }
}

}  // namespace

DumpDirectory::DumpDirectory(std::string directory, std::string_view program, int64_t pid)
    : directory_(std::move(directory)), program_(FileNameFor(program)), pid_(pid) {
  mkdir(directory_.c_str(), kOwnersDirectory);
}

bool DumpDirectory::Write(const HeapView& heap) {
  const SignalShield shield;
  if (!std::exchange(has_adopted_, true)) Adopt();
  const std::string stem = directory_ + "/" + program_ + "." + std::to_string(pid_) + ".";
  const std::string path = stem + Padded(number_ + 1) + std::string(kExtension);
  const std::string hidden = directory_ + "/." + program_ + "." + std::to_string(pid_) + ".tmp";
  size_t bytes = 0;
  const bool written = WriteFile(hidden, heap, &bytes) && rename(hidden.c_str(), path.c_str()) == 0;
  if (!written) {
    const int error = errno;
    unlink(hidden.c_str());
    return Fail(path, error);
  }
  ++number_;
  series_.Add({path, heap.snapshot.time_s, bytes});
  while (const auto excess = series_.TakeExcess()) unlink(excess->c_str());
  error_.clear();
  return true;
}

bool DumpDirectory::WriteFile(const std::string& path, const HeapView& heap, size_t* bytes) {
  unlink(path.c_str());  // what a process of this number left when it died
  const UniqueFd file(open(path.c_str(), kNewFile, kOwnerOnly));
  if (file.get() < 0) return false;
  FilePart part(file.get(), 0);
  if (!WriteDump(heap, kMaxDumpBytes, part)) return false;
  *bytes = part.size_bytes();
  return true;
}

void DumpDirectory::Adopt() {
  const UniqueFd directory(open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0) return;
  ForEachName(directory.get(), [&](std::string_view name) { AdoptFile(directory.get(), name); });
}

void DumpDirectory::AdoptFile(int directory_fd, std::string_view name) {
  const std::optional<Name> parsed = ParseName(name, program_);
  if (!parsed || series_.entries().size() == kMostAdopted) return;
  const bool is_own = parsed->pid == pid_;
  if (!is_own && IsAlive(parsed->pid)) return;
  struct stat file;
  const std::string text(name);
  if (fstatat(directory_fd, text.c_str(), &file, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(file.st_mode)) return;
  if (is_own) number_ = std::max(number_, parsed->number);
  series_.Add({directory_ + "/" + text, Seconds(file.st_mtim), static_cast<size_t>(file.st_size)});
}

bool DumpDirectory::Fail(const std::string& path, int error) {
  error_ = path + ": " + strerrordesc_np(error);
  return false;
}

}  // namespace headroom
