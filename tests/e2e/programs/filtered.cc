// filtered FORBIDDEN...: leaks at a steady pace after it has forbidden all its threads these system calls, by number: they fail
// with EPERM.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

#include "program.h"

namespace {

constexpr size_t kLeakBytes = 4000;
constexpr int kMostSteps = 60'000;

KEEP_CALL void LeakBehindFilter() { std::memset(Used(malloc(kLeakBytes)), 'x', kLeakBytes); }

bool Forbid(int count, char** numbers) {
  std::vector<sock_filter> filter = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (int i = 0; i < count; ++i) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(atoi(numbers[i])), 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

void Pause() {
  const timeval millisecond{0, 1000};
  timeval left = millisecond;
  select(0, nullptr, nullptr, nullptr, &left);
}

}  // namespace

int main(int argc, char** argv) {
  LetTheAgentStart();
  puts("started");
  fflush(stdout);
  char line[16];
  if (read(STDIN_FILENO, line, sizeof(line)) <= 0 || !Forbid(argc - 1, argv + 1)) return 1;
  puts("done");
  fflush(stdout);
  for (int i = 0; i < kMostSteps; ++i) {
    for (int step = 0; step < 2; ++step) LeakBehindFilter();
    Pause();
  }
}
