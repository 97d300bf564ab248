#include "alarm/sinks/file_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "alarm/signal_shield.h"
#include "alarm/sinks/json_line.h"
#include "alarm/unique_fd.h"

namespace headroom {
namespace {

constexpr int kAppendFlags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
constexpr mode_t kOwnerOnly = 0600;

std::string_view Reason(int error) {
  if (error == ELOOP) return "it is a symbolic link";
  if (error == ENXIO) return "nobody reads it";
  return strerrordesc_np(error);
}

}  // namespace

FileSink::FileSink(std::string path) : QueuedSink("file:" + path, kMaxEventJsonBytes), path_(std::move(path)) {}

void FileSink::Render(const AlarmEvent& event, TextBuffer& message) const { WriteEventLine(event, message); }

void FileSink::RenderNote(double time_s, Code code, std::string_view text, TextBuffer& message) const {
  WriteNoteLine(time_s, code, text, message);
}

bool FileSink::Send(std::string_view line) {
  const UniqueFd file(open(path_.c_str(), kAppendFlags, kOwnerOnly));
  if (file.get() < 0) return Fail("cannot be opened: ", Reason(errno));
  return WriteLine(file.get(), line) || Fail("cannot be written: ", Reason(errno));
}

// False with the reason in errno. Where only a part got through, the next line starts with a newline of its own.
bool FileSink::WriteLine(int fd, std::string_view line) {
  const SignalShield shield;
  if (torn_ && write(fd, "\n", 1) != 1) return false;
  torn_ = false;
  while (!line.empty()) {
    errno = EIO;  // for a write of nothing
    const ssize_t written = write(fd, line.data(), line.size());
    if (written <= 0) return false;
    line.remove_prefix(static_cast<size_t>(written));
    torn_ = !line.empty();
  }
  return true;
}

}  // namespace headroom
