#include "knowledge/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

#include "alarm/signal_shield.h"
#include "alarm/unique_fd.h"
#include "dump/file_start.h"
#include "knowledge/format.h"
#include "knowledge/merge.h"
#include "recorder/own_file.h"

namespace headroom {
namespace {

constexpr int kSafely = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
constexpr mode_t kOwnerOnly = 0600;
constexpr int kMostTries = 256;
constexpr size_t kMaxProgramBytes = 200;  // a file's name has 255

std::string_view Words(int error) { return error == ELOOP ? "it is a symbolic link" : strerrordesc_np(error); }

KnowledgeFile Unusable(KnowledgeState state, const std::string& path, std::string_view why) {
  return {state, {}, path + ": " + std::string(why)};
}

// At most one byte more than a whole file may have.
std::string ReadBounded(int fd) {
  struct stat file;
  if (fstat(fd, &file) != 0) return {};
  return ReadStart(fd, std::min<size_t>(static_cast<size_t>(file.st_size), kMaxKnowledgeBytes + 1));
}

// Another process has just put a newer one in its place.
bool IsReplaced(int fd) {
  struct stat file;
  return fstat(fd, &file) == 0 && file.st_nlink == 0;
}

std::string_view ObjectionToReading(int fd) {
  const std::string_view objection = ObjectionToOwnFile(fd);
  if (!objection.empty()) return objection;
  struct stat file;
  if (fstat(fd, &file) == 0 && (file.st_mode & (S_IWGRP | S_IWOTH)) != 0) return "others can write it";
  return {};
}

// With the objection to it. A file that is just being replaced has for a moment not the one name that it is judged by: so it is looked
// at again before an objection counts.
UniqueFd OpenToRead(const std::string& path, std::string_view* objection) {
  for (int tries = 1;; ++tries) {
    UniqueFd file(open(path.c_str(), O_RDONLY | kSafely));
    if (file.get() < 0) return file;
    *objection = ObjectionToReading(file.get());
    if ((objection->empty() && !IsReplaced(file.get())) || tries == kMostTries) return file;
  }
}

// Only one process has the draft locked, and only while it still has its name.
bool HasTurn(int fd, const std::string& path) {
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  struct stat held, named;
  return fcntl(fd, F_SETLK, &whole) == 0 && fstat(fd, &held) == 0 && lstat(path.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

bool WriteWhole(int fd, std::string_view content) {
  const SignalShield shield;
  if (ftruncate(fd, 0) != 0) return false;
  errno = ENOSPC;  // for a write of only a part
  return pwrite(fd, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size());
}

// What the file is to become; empty where it may stay as it is, or must.
std::optional<std::string> Merged(const KnowledgeFile& file, const BuildKnowledge& news) {
  if (file.state == KnowledgeState::kRefused) return std::nullopt;
  Knowledge knowledge = file.knowledge;
  Merge(news, knowledge);
  std::string content = Encode(knowledge);
  const bool is_new = file.state != KnowledgeState::kRead || content != Encode(file.knowledge);
  return is_new ? std::optional(std::move(content)) : std::nullopt;
}

Renewed Failed(const std::string& path, std::string_view why) {
  return {Renewal::kFailed, path + ": " + std::string(why)};
}

// With the draft locked: what stands in the file now is what is merged with.
Renewed Replace(int draft, const std::string& draft_path, const std::string& path, const BuildKnowledge& news) {
  const std::optional<std::string> content = Merged(ReadKnowledge(path), news);
  if (!content) return unlink(draft_path.c_str()), Renewed();
  const bool is_done = WriteWhole(draft, *content) && rename(draft_path.c_str(), path.c_str()) == 0;
  if (is_done) return {};
  const int error = errno;
  unlink(draft_path.c_str());
  return Failed(path, strerrordesc_np(error));
}

}  // namespace

std::string KnowledgePath(const std::string& directory, std::string_view program, uint64_t user_id) {
  return directory + "/" + std::string(program.substr(0, kMaxProgramBytes)) + "." + std::to_string(user_id) +
         ".knowledge";
}

KnowledgeFile ReadKnowledge(const std::string& path) {
  std::string_view objection;
  const UniqueFd file = OpenToRead(path, &objection);
  if (file.get() < 0 && errno == ENOENT) return {};
  if (file.get() < 0) return Unusable(KnowledgeState::kRefused, path, Words(errno));
  if (!objection.empty()) return Unusable(KnowledgeState::kRefused, path, objection);
  Decoded decoded = Decode(ReadBounded(file.get()));
  if (decoded.decoding == Decoding::kDone) return {KnowledgeState::kRead, std::move(decoded.knowledge), {}};
  const bool is_ours = decoded.decoding == Decoding::kDamaged;
  return Unusable(is_ours ? KnowledgeState::kDamaged : KnowledgeState::kRefused, path, decoded.flaw);
}

Renewed RenewKnowledge(const std::string& path, const BuildKnowledge& news) {
  const KnowledgeFile now = ReadKnowledge(path);
  if (now.state == KnowledgeState::kRefused) return {Renewal::kFailed, now.reason};
  if (!Merged(now, news)) return {};
  const std::string draft_path = path + ".new";
  const UniqueFd draft(open(draft_path.c_str(), O_RDWR | O_CREAT | kSafely, kOwnerOnly));
  if (draft.get() < 0) return Failed(draft_path, Words(errno));
  const std::string_view objection = ObjectionToOwnFile(draft.get());
  if (IsReplaced(draft.get())) return {Renewal::kBusy, {}};
  if (!objection.empty()) return Failed(draft_path, objection);
  if (!HasTurn(draft.get(), draft_path)) return {Renewal::kBusy, {}};
  return Replace(draft.get(), draft_path, path, news);
}

}  // namespace headroom
