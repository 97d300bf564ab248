#include "alarm/sinks/journal_socket.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "alarm/sinks/local_datagram.h"
#include "tests/alarm/sinks/local_peer.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

// Datagrams of this socket are small.
UniqueFd ConnectWithSmallBuffer(const std::string& path) {
  UniqueFd connection = ConnectToLocal(path);
  const int bytes = 8192;
  EXPECT_EQ(setsockopt(connection.get(), SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes)), 0);
  return connection;
}

TEST(JournalSocket, WhatFitsIsADatagram) {
  TemporaryDirectory directory;
  LocalPeer peer(directory / "socket");
  const UniqueFd connection = ConnectWithSmallBuffer(directory / "socket");
  EXPECT_TRUE(SendToJournal(connection.get(), "MESSAGE=hello\n"));
  EXPECT_EQ(peer.Receive(), "MESSAGE=hello\n");
  EXPECT_FALSE(peer.last_was_a_file());
}

TEST(JournalSocket, WhatIsTooBigForADatagramIsAMemoryFile) {
  TemporaryDirectory directory;
  LocalPeer peer(directory / "socket");
  const UniqueFd connection = ConnectWithSmallBuffer(directory / "socket");
  const std::string big = "MESSAGE=" + std::string(100'000, 'x') + "\n";
  ASSERT_FALSE(SendDatagram(connection.get(), big));
  ASSERT_EQ(errno, EMSGSIZE);
  EXPECT_TRUE(SendToJournal(connection.get(), big));
  EXPECT_EQ(peer.Receive(), big);
  EXPECT_TRUE(peer.last_was_a_file());
}

}  // namespace
}  // namespace headroom
