// reuses_stderr FILE: closes standard error, as daemons do, and gets the file, its data, under that number. Then it
// leaks.
#include <fcntl.h>

#include <cstring>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kLeakBytes = 4000;

KEEP_CALL void Leak() { std::memset(Used(malloc(kLeakBytes)), 'x', kLeakBytes); }

}  // namespace

int main(int, char** argv) {
  close(STDERR_FILENO);
  if (open(argv[1], O_CREAT | O_WRONLY, 0600) != STDERR_FILENO) return 1;
  if (write(STDERR_FILENO, "data", 4) != 4) return 1;
  LetTheAgentStart();
  puts("done");
  fflush(stdout);
  AtPace(4e6, kLeakBytes, Leak, IsTestStillOn);
}
