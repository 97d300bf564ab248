#ifndef COLLECTION_AGENT_REPORTING_AGENT_H_
#define COLLECTION_AGENT_REPORTING_AGENT_H_

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "name_service.h"

// What a storage server's volumes looked like at one time.
struct VolumeStatistics {
  uint64_t volume;
  std::vector<uint32_t> latency_histogram;
};

// The most recently used volumes' statistics.
class StatisticsCache {
 public:
  void Touch(uint64_t volume, size_t most_volumes);
  size_t size() const { return by_volume_.size(); }
  std::string Serialize(size_t volumes) const;

 private:
  std::list<VolumeStatistics> recent_first_;
  std::unordered_map<uint64_t, std::list<VolumeStatistics>::iterator> by_volume_;
};

// All that is needed to try a delivery again.
struct RetryContext {
  std::string request_header;
  std::vector<char> credentials;
  std::vector<uint16_t> addresses_tried;
};

// One report's way to the collector.
class ReportSession {
 public:
  explicit ReportSession(Resolver resolver) : resolver_(std::move(resolver)) {}

  // True when the collector has it. What could not be delivered is remembered until the same report is delivered after all.
  bool Deliver(uint64_t report, const std::string& body);

  size_t pending() const { return pending_.size(); }

 private:
  void RememberFailedDelivery(uint64_t report, uint16_t port);
  void ForgetDelivered(uint64_t report) { pending_.erase(report); }

  Resolver resolver_;
  std::map<uint64_t, std::unique_ptr<RetryContext>> pending_;
};

// The agent: gathers statistics under a load that comes and goes, and reports them.
class ReportingAgent {
 public:
  explicit ReportingAgent(Resolver resolver) : session_(std::move(resolver)) {}

  // One step of ten milliseconds; `day` is the time of day in [0, 1).
  void Step(double day);

  uint64_t delivered() const { return delivered_; }
  uint64_t failed() const { return failed_; }
  size_t cached_volumes() const { return cache_.size(); }

 private:
  std::mt19937_64 random_{20121022};
  StatisticsCache cache_;
  ReportSession session_;
  uint64_t reports_ = 0;
  uint64_t delivered_ = 0;
  uint64_t failed_ = 0;
};

#endif  // COLLECTION_AGENT_REPORTING_AGENT_H_
