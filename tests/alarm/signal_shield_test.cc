#include "alarm/signal_shield.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace headroom {
namespace {

bool IsPending(int signal) {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, signal) == 1;
}

TEST(SignalShield, AWriteToAPipeWithoutReaderOnlyFails) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  {
    const SignalShield shield;
    EXPECT_EQ(write(ends[1], "x", 1), -1);
    EXPECT_EQ(errno, EPIPE);
  }
  EXPECT_FALSE(IsPending(SIGPIPE));  // and this process still lives, with the default action of SIGPIPE
  close(ends[1]);
}

TEST(SignalShield, AWriteBeyondTheFileSizeLimitOnlyFails) {
  char path[] = "/tmp/headroom_shield_XXXXXX";
  const int fd = mkstemp(path);
  ASSERT_GE(fd, 0);
  unlink(path);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit none{0, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &none);
  {
    const SignalShield shield;
    EXPECT_EQ(write(fd, "x", 1), -1);
    EXPECT_EQ(errno, EFBIG);
  }
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_FALSE(IsPending(SIGXFSZ));
  close(fd);
}

TEST(SignalShield, WhatWasPendingBeforeStaysPending) {
  sigset_t pipe_signal;
  sigset_t before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  raise(SIGPIPE);
  { const SignalShield shield; }
  EXPECT_TRUE(IsPending(SIGPIPE));
  const timespec at_once{};
  sigtimedwait(&pipe_signal, nullptr, &at_once);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(SignalShield, KeepsTheMaskAndErrno) {
  errno = ENOSPC;
  { const SignalShield shield; }
  EXPECT_EQ(errno, ENOSPC);
  sigset_t now;
  pthread_sigmask(SIG_SETMASK, nullptr, &now);
  EXPECT_EQ(sigismember(&now, SIGPIPE), 0);
}

}  // namespace
}  // namespace headroom
