#include "alarm/sinks/file_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "alarm/event_json.h"
#include "alarm/signal_shield.h"
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

FileSink::FileSink(std::string path)
    : name_("file:" + path),
      path_(std::move(path)),
      memory_(std::make_unique_for_overwrite<char[]>(kMaxEventJsonBytes)),
      line_(memory_.get(), kMaxEventJsonBytes) {}

bool FileSink::Deliver(const AlarmEvent& event) {
  line_.Clear();
  JsonWriter json(line_);
  WriteEvent(event, json);
  return SendLine();
}

bool FileSink::Note(double time_s, std::string_view text) {
  line_.Clear();
  JsonWriter json(line_);
  json.BeginObject();
  json.Key("event").String("note");
  json.Key("time").Time(time_s);
  json.Key("time_s").Number(time_s);
  json.Key("message").String(text, kMaxNoteBytes);
  json.EndObject();
  return SendLine();
}

bool FileSink::Retry() { return Flush({}); }

bool FileSink::SendLine() {
  line_.Append("\n");
  const bool sent = Flush(line_.view());
  if (!sent) queue_.Push(line_.view());
  return sent;
}

bool FileSink::Flush(std::string_view new_line) {
  const UniqueFd file(open(path_.c_str(), kAppendFlags, kOwnerOnly));
  if (file.get() < 0) return Fail("cannot be opened: ");
  for (; !queue_.empty(); queue_.Pop()) {
    if (!WriteLine(file.get(), queue_.front())) return Fail("cannot be written: ");
  }
  if (!WriteLine(file.get(), new_line)) return Fail("cannot be written: ");
  error_.Clear();
  return true;
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

bool FileSink::Fail(std::string_view action) {
  const std::string_view reason = Reason(errno);
  error_.Clear();
  error_.Append(action);
  error_.Append(reason);
  return false;
}

}  // namespace headroom
