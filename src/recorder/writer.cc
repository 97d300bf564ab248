#include "recorder/writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "alarm/signal_shield.h"
#include "alarm/unique_fd.h"
#include "recorder/checksum.h"
#include "recorder/layout.h"
#include "recorder/own_file.h"
#include "recorder/status_json.h"

namespace headroom {
namespace {

constexpr int kFlags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
constexpr mode_t kOwnerOnly = 0600;

void Seal(char* slot, uint64_t sequence, size_t length) {
  SlotHeader header{{}, 0, kRecorderVersion, sequence, length};
  std::memcpy(header.magic, kRecorderMagic, sizeof(kRecorderMagic));
  std::memcpy(slot, &header, sizeof(header));
  header.checksum = Checksum({slot + kChecksummedFrom, sizeof(header) - kChecksummedFrom + length});
  std::memcpy(slot, &header, sizeof(header));
}

}  // namespace

Writer::Writer(std::string path)
    : path_(std::move(path)),
      slot_(std::make_unique_for_overwrite<char[]>(kSlotBytes)),
      record_(slot_.get() + sizeof(SlotHeader), kMaxRecordBytes) {}

bool Writer::Write(const Status& status) {
  record_.Clear();
  WriteStatus(status, record_);
  Seal(slot_.get(), sequence_ + 1, record_.size());
  const UniqueFd file(open(path_.c_str(), kFlags, kOwnerOnly));
  if (file.get() < 0) return Fail(errno == ELOOP ? "it is a symbolic link" : strerrordesc_np(errno));
  const std::string_view objection = ObjectionToOwnFile(file.get());
  if (!objection.empty()) return Fail(objection);
  if (!WriteSlot(file.get())) return Fail(strerrordesc_np(errno));
  error_.clear();
  return true;
}

// The number moves on only after a success: a slot that was torn is the one to write again, not the whole one.
bool Writer::WriteSlot(int fd) {
  const SignalShield shield;
  const bool is_first = sequence_ == 0;  // what stands there is another process's
  if (is_first && ftruncate(fd, 0) != 0) return false;
  const size_t size = sizeof(SlotHeader) + record_.size();
  const auto offset = static_cast<off_t>(SlotOf(sequence_ + 1) * kSlotBytes);
  errno = ENOSPC;  // for a write of only a part
  if (pwrite(fd, slot_.get(), size, offset) != static_cast<ssize_t>(size)) return false;
  ++sequence_;
  return true;
}

bool Writer::Fail(std::string_view reason) {
  error_ = path_ + ": " + std::string(reason);
  return false;
}

}  // namespace headroom
