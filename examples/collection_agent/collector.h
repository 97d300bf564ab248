#ifndef COLLECTION_AGENT_COLLECTOR_H_
#define COLLECTION_AGENT_COLLECTOR_H_

#include <atomic>
#include <cstdint>
#include <thread>

// The server that reports go to: takes connections on a loopback port of its own, reads and forgets.
class Collector {
 public:
  Collector();
  ~Collector();  // the server is gone: connections are refused from now on

  uint16_t port() const { return port_; }

 private:
  void Serve();

  int listener_;
  uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

#endif  // COLLECTION_AGENT_COLLECTOR_H_
