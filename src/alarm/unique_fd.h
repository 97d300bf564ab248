#ifndef HEADROOM_ALARM_UNIQUE_FD_H_
#define HEADROOM_ALARM_UNIQUE_FD_H_

#include <unistd.h>

#include <utility>

namespace headroom {

// Owns one file descriptor; negative = none.
class UniqueFd {
 public:
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&&) = delete;
  ~UniqueFd() {
    if (fd_ >= 0) close(fd_);
  }

  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_UNIQUE_FD_H_
