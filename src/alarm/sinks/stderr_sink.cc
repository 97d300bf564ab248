#include "alarm/sinks/stderr_sink.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstring>

#include "alarm/signal_shield.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

bool IsNullDevice(const struct stat& file) { return S_ISCHR(file.st_mode) && file.st_rdev == makedev(1, 3); }

bool CannotTellAtOnce(int error) { return error == EOPNOTSUPP || error == ENOSYS || error == EINVAL; }

// One write that does not wait, where the kernel can promise that for this kind of file. Regular files never wait for a
// reader, and some file systems refuse the promise for them needlessly.
ssize_t WriteAtOnce(int fd, mode_t mode, std::string_view text) {
  if (S_ISSOCK(mode)) return send(fd, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (S_ISREG(mode)) return write(fd, text.data(), text.size());
  iovec part{const_cast<char*>(text.data()), text.size()};
  const ssize_t written = pwritev2(fd, &part, 1, -1, RWF_NOWAIT);
  return written < 0 && CannotTellAtOnce(errno) ? write(fd, text.data(), text.size()) : written;
}

bool IsForMessages(int fd, mode_t mode) {
  return S_ISCHR(mode) || S_ISFIFO(mode) || (S_ISREG(mode) && (fcntl(fd, F_GETFL) & O_APPEND));
}

}  // namespace

FileIdentity FileIdentity::Of(int fd) {
  struct stat file;
  return fstat(fd, &file) == 0 ? Of(file) : FileIdentity();
}

StderrSink::StderrSink(int fd, FileIdentity original) : fd_(fd), original_(original) {}

bool StderrSink::Deliver(const AlarmEvent& event) {
  text_.Clear();
  WriteEventText(event, text_);
  return WriteOut();
}

bool StderrSink::Note(double, Code code, std::string_view text) {
  text_.Clear();
  text_.Append("headroom: ");
  AppendPrintable(text, kMaxNoteBytes, text_);
  AppendCodeMark(code, text_);
  text_.Append("\n");
  return WriteOut();
}

bool StderrSink::Retry(double) {
  struct stat now;
  error_ = Obstacle(now);
  return error_.empty();
}

bool StderrSink::WriteOut() {
  struct stat now;
  error_ = Obstacle(now);
  if (error_.empty()) error_ = Send(now.st_mode);
  if (!error_.empty()) ++lost_;
  return error_.empty();
}

std::string_view StderrSink::Obstacle(struct stat& now) const {
  if (fstat(fd_, &now) != 0) return "it is closed";
  if (IsNullDevice(now)) return "it is /dev/null";
  if (FileIdentity::Of(now) != original_ && !IsForMessages(fd_, now.st_mode))
    return "the daemon uses its number for something else";
  pollfd ready{fd_, POLLOUT, 0};
  if (poll(&ready, 1, 0) < 0) return {};  // where no descriptor may be opened any more (RLIMIT_NOFILE) poll refuses to look
  if (ready.revents & (POLLERR | POLLNVAL)) return "nobody reads it any more";
  if (!(ready.revents & POLLOUT)) return "its reader is stuck and it is full";
  return {};
}

std::string_view StderrSink::Send(mode_t mode) const {
  const SignalShield shield;
  const ssize_t written = WriteAtOnce(fd_, mode, text_.view());
  if (written < 0) return strerrordesc_np(errno);
  return written == static_cast<ssize_t>(text_.size()) ? std::string_view() : "a message was cut short";
}

}  // namespace headroom
