#include "alarm/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>

namespace headroom {
namespace {

bool FillAndSeal(int file, std::string_view content) {
  errno = ENOSPC;  // for a write of a part
  return pwrite(file, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size()) &&
         fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0;
}

}  // namespace

UniqueFd MakeMemoryFile(std::string_view content) {
  UniqueFd file(memfd_create("headroom-message", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (file.get() >= 0 && FillAndSeal(file.get(), content)) return file;
  const int error = errno;
  { const UniqueFd closed_here(std::move(file)); }
  errno = error;
  return UniqueFd(-1);
}

}  // namespace headroom
