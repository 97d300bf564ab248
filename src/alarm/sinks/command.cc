#include "alarm/sinks/command.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "alarm/memory_file.h"

namespace headroom {
namespace {

char path_variable[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
char* const kEnvironment[] = {path_variable, nullptr};

std::vector<std::string> WordsOf(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

}  // namespace

Command::Command(std::string_view line, std::chrono::milliseconds deadline)
    : words_(WordsOf(line)),
      stack_(std::make_unique_for_overwrite<char[]>(kKeeperStackBytes)),
      deadline_ms_(static_cast<long>(deadline.count())) {
  for (std::string& word : words_) pointers_.push_back(word.data());
  pointers_.push_back(nullptr);
}

// The keeper stands on our memory.
Command::~Command() {
  if (!is_running()) return;
  kill(keeper_, SIGKILL);
  waitpid(keeper_, nullptr, __WCLONE);
}

bool Command::Start(std::string_view input) {
  const UniqueFd file = MakeMemoryFile(input);
  if (file.get() < 0) return Fail("its input cannot be made: ", strerrordesc_np(errno));
  task_ = {pointers_.data(), kEnvironment, file.get(), deadline_ms_};
  keeper_ = StartKeeper(&task_, stack_.get());
  return is_running() || Fail("no process can be made: ", strerrordesc_np(errno));
}

bool Command::HasEnded() {
  int status;
  if (!is_running() || waitpid(keeper_, &status, WNOHANG | __WCLONE) == 0) return false;
  keeper_ = -1;
  Judge();
  return true;
}

void Command::Judge() {
  error_.Clear();
  if (task_.exec_error != 0) {
    Fail("it cannot be started: ", strerrordesc_np(task_.exec_error));
  } else if (task_.was_late) {
    Fail("it did not end in time and was killed", {});
  } else if (!task_.is_over) {
    Fail("it could not be watched", {});
  } else if (WIFSIGNALED(task_.wait_status)) {
    Fail("it was ended by signal ", sigabbrev_np(WTERMSIG(task_.wait_status)));
  } else if (WEXITSTATUS(task_.wait_status) != 0) {
    Fail("it ended with status ", {});
    error_.AppendInteger(WEXITSTATUS(task_.wait_status));
  }
}

bool Command::IsThere() {
  error_.Clear();
  return faccessat(AT_FDCWD, words_.front().c_str(), X_OK, AT_EACCESS) == 0 ||
         Fail("it cannot be started: ", strerrordesc_np(errno));
}

bool Command::Fail(std::string_view what, std::string_view reason) {
  error_.Clear();
  error_.Append(what);
  error_.Append(reason);
  return false;
}

}  // namespace headroom
