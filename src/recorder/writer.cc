#include "recorder/writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "alarm/signal_shield.h"
#include "alarm/unique_fd.h"
#include "dump/checksum.h"
#include "dump/dump_writer.h"
#include "dump/file_part.h"
#include "recorder/layout.h"
#include "recorder/own_file.h"
#include "recorder/status_json.h"

namespace headroom {
namespace {

constexpr int kFlags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
constexpr mode_t kOwnerOnly = 0600;

SlotHeader HeaderFor(const char (&magic)[8], uint64_t sequence, size_t length) {
  SlotHeader header{{}, 0, kRecorderVersion, sequence, length};
  std::memcpy(header.magic, magic, sizeof(header.magic));
  return header;
}

std::string_view BytesOf(const SlotHeader& header) { return {reinterpret_cast<const char*>(&header), sizeof(header)}; }

void Seal(char* slot, uint64_t sequence, size_t length) {
  SlotHeader header = HeaderFor(kRecorderMagic, sequence, length);
  std::memcpy(slot, &header, sizeof(header));
  header.checksum = Checksum({slot + kChecksummedFrom, sizeof(header) - kChecksummedFrom + length});
  std::memcpy(slot, &header, sizeof(header));
}

// By the program, as by a shell that closes all it does not know before it starts another: the next tick opens the file again.
bool IsClosedMeanwhile(int fd) { return fcntl(fd, F_GETFD) < 0 && errno == EBADF; }

}  // namespace

Writer::Writer(std::string path)
    : path_(std::move(path)),
      slot_(std::make_unique_for_overwrite<char[]>(kSlotBytes)),
      record_(slot_.get() + sizeof(SlotHeader), kMaxRecordBytes) {}

bool Writer::Write(const Status& status) {
  record_.Clear();
  WriteStatus(status, record_);
  Seal(slot_.get(), sequence_ + 1, record_.size());
  return WriteFile([this](int fd) { return WriteSlot(fd); });
}

bool Writer::WriteDump(const HeapView& heap) {
  if (sequence_ == 0) return Fail("there is no record yet");
  return WriteFile([&](int fd) { return WriteDumpSlot(fd, heap); });
}

template <typename WriteInto>
bool Writer::WriteFile(WriteInto write_into) {
  const UniqueFd file(open(path_.c_str(), kFlags, kOwnerOnly));
  if (file.get() < 0) return Fail(errno == ELOOP ? "it is a symbolic link" : strerrordesc_np(errno));
  const std::string_view objection = ObjectionToOwnFile(file.get());
  if (!objection.empty()) return IsClosedMeanwhile(file.get()) || Fail(objection);
  const SignalShield shield;
  if (!write_into(file.get())) {
    const int error = errno;
    return IsClosedMeanwhile(file.get()) || Fail(strerrordesc_np(error));
  }
  error_.clear();
  return true;
}

// The number moves on only after a success: a slot that was torn is the one to write again, not the whole one.
bool Writer::WriteSlot(int fd) {
  const bool is_first = sequence_ == 0;  // what stands there is another process's
  if (is_first && ftruncate(fd, 0) != 0) return false;
  const size_t size = sizeof(SlotHeader) + record_.size();
  const auto offset = static_cast<off_t>(SlotOf(sequence_ + 1) * kSlotBytes);
  errno = ENOSPC;  // for a write of only a part
  if (pwrite(fd, slot_.get(), size, offset) != static_cast<ssize_t>(size)) return false;
  ++sequence_;
  return true;
}

// The header goes last: until then the slot is no dump, and the other one holds the dump before.
bool Writer::WriteDumpSlot(int fd, const HeapView& heap) {
  const uint64_t begin = kDumpSlotsBegin + SlotOf(dump_sequence_ + 1) * kDumpSlotBytes;
  FilePart dump(fd, begin + sizeof(SlotHeader));
  if (!headroom::WriteDump(heap, kMaxDumpBytes, dump)) return false;
  SlotHeader header = HeaderFor(kDumpSlotMagic, dump_sequence_ + 1, dump.size_bytes());
  header.checksum = Checksum(BytesOf(header).substr(kChecksummedFrom), dump.checksum());
  if (!FilePart(fd, begin).Append(BytesOf(header))) return false;
  ++dump_sequence_;
  return true;
}

bool Writer::Fail(std::string_view reason) {
  error_ = path_ + ": " + std::string(reason);
  return false;
}

}  // namespace headroom
