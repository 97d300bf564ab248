#include "recorder/own_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace headroom {

std::string_view ObjectionToOwnFile(int fd) {
  struct stat file;
  if (fstat(fd, &file) != 0) return strerrordesc_np(errno);
  if (!S_ISREG(file.st_mode)) return "it is not a regular file";
  if (file.st_uid != geteuid()) return "it belongs to another user";
  if (file.st_nlink != 1) return "it has been removed or has several names";
  return {};
}

}  // namespace headroom
