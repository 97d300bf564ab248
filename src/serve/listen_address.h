#ifndef HEADROOM_SERVE_LISTEN_ADDRESS_H_
#define HEADROOM_SERVE_LISTEN_ADDRESS_H_

#include <string>

#include "alarm/unique_fd.h"

namespace headroom {

// A socket that listens, or why there is none.
struct ListeningSocket {
  UniqueFd fd{-1};
  std::string address;  // as bound, with the port: "127.0.0.1:9797"
  std::string error;    // one clause; empty = listens
};

// `address` is ADDRESS:PORT, ADDRESS numeric or "localhost", IPv6 in brackets; port 0 = any that is free. No name is
// looked up.
ListeningSocket Listen(const std::string& address);

}  // namespace headroom

#endif  // HEADROOM_SERVE_LISTEN_ADDRESS_H_
