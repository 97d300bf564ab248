#ifndef HEADROOM_KNOWLEDGE_RECOLLECTION_H_
#define HEADROOM_KNOWLEDGE_RECOLLECTION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "knowledge/knowledge.h"

namespace headroom {

// The life that asks.
struct Present {
  std::string build_id;
  double seconds_per_tick = 0;
  uint64_t sample_bytes = 0;
};

// What is known, as it can be used by a life: by its build itself, and with caution what another build taught. A site
// of another build is known by the names of its functions alone; of several that share them the lowest levels count,
// and of these a part: code that has changed may well hold less. What was learned with samples much further apart is
// left out.
class Recollection {
 public:
  Recollection() = default;
  Recollection(const Knowledge& knowledge, const Present& present);

  // `name` is asked for only where the places of the code do not say all.
  Records Of(uint64_t place, const std::function<uint64_t()>& name) const;

  const Records& residual() const { return residual_; }
  size_t own_sites() const { return by_place_.size(); }
  size_t other_sites() const { return by_name_.size(); }

 private:
  void TakeOwn(const BuildKnowledge& build, const Present& present);
  void TakeOther(const BuildKnowledge& build, const Present& present);

  std::unordered_map<uint64_t, Records> by_place_;
  std::unordered_map<uint64_t, Records> by_name_;  // already the part that counts
  Records residual_{};
};

}  // namespace headroom

#endif  // HEADROOM_KNOWLEDGE_RECOLLECTION_H_
