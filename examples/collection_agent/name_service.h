#ifndef COLLECTION_AGENT_NAME_SERVICE_H_
#define COLLECTION_AGENT_NAME_SERVICE_H_

#include <cstdint>
#include <mutex>
#include <string>

// The name "collector.storage" and its port on this host, as the name service knows it, and as one machine's resolver remembers it.
class NameService {
 public:
  void Publish(uint16_t port) {
    const std::lock_guard lock(mutex_);
    port_ = port;
  }
  uint16_t Lookup() const {
    const std::lock_guard lock(mutex_);
    return port_;
  }

 private:
  mutable std::mutex mutex_;
  uint16_t port_ = 0;
};

class Resolver {
 public:
  // An update is not propagated to a resolver that is cut off: it goes on answering what it learned first.
  Resolver(const NameService& service, bool is_cut_off) : service_(service), is_cut_off_(is_cut_off) {}

  uint16_t Resolve() {
    if (port_ == 0 || !is_cut_off_) port_ = service_.Lookup();
    return port_;
  }

 private:
  const NameService& service_;
  const bool is_cut_off_;
  uint16_t port_ = 0;
};

#endif  // COLLECTION_AGENT_NAME_SERVICE_H_
