#ifndef HEADROOM_AGENT_KNOWLEDGE_KEEPER_H_
#define HEADROOM_AGENT_KNOWLEDGE_KEEPER_H_

#include <cstdint>
#include <string>
#include <unordered_map>

#include "agent/watched_code.h"
#include "config/options.h"
#include "forecast/judge.h"
#include "knowledge/file.h"
#include "knowledge/recollection.h"
#include "snapshot/snapshot_taker.h"
#include "trend/trend_engine.h"

namespace headroom {

// Gives the trend engine what earlier lives of the program taught, and tells later ones what this one does, again and
// again: a process may be killed at any moment. Does nothing where HEADROOM_KNOWLEDGE_DIR is off, and no harm where it
// cannot. For the agent's thread.
class KnowledgeKeeper {
 public:
  KnowledgeKeeper(const Options& options, WatchedCode& code, const SnapshotTaker& snapshots);

  // Once a tick, before the engine sees the snapshot.
  void Tick(const Snapshot& snapshot, const ProcessState& process, TrendEngine& trend);

  // What is known, or why nothing is; empty = not asked for.
  const std::string& words() const { return words_; }

 private:
  enum class State { kOff, kStarting, kKeeping };

  void Start(const Snapshot& snapshot, const ProcessState& process, TrendEngine& trend);
  void Import(const Knowledge& knowledge, const Snapshot& snapshot, const ProcessState& process);
  Records Recall(uint64_t site_key);
  void Renew(const Snapshot& snapshot, const TrendEngine& trend);
  BuildKnowledge News(const Snapshot& snapshot, const LifeRecords& records);
  uint64_t NameOf(uint64_t site_key, uint64_t place);
  void StayOff(const std::string& why);

  WatchedCode& code_;
  const SnapshotTaker& snapshots_;
  const double seconds_per_tick_;
  State state_;
  std::string path_;
  std::string build_id_;
  Recollection recollection_;
  uint64_t survived_bytes_ = 0;
  uint64_t renewal_tick_ = 0;
  bool is_failing_ = false;
  std::unordered_map<uint64_t, uint64_t> names_;  // by place; bounded by the sites with records
  int names_to_look_up_ = 0;                      // until the next renewal
  std::string words_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_KNOWLEDGE_KEEPER_H_
