#ifndef HEADROOM_ANALYSIS_HISTORY_H_
#define HEADROOM_ANALYSIS_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analysis/joined_dump.h"

namespace headroom {

// The live bytes of every site over a life, for drawing: at most kMostPoints points, evenly thinned as the life goes
// on.
class History {
 public:
  static constexpr size_t kMostPoints = 128;

  void Add(const JoinedDump& dump);

  // After the last dump, once: that is always a point.
  void Finish(const JoinedDump& last);

  const std::vector<double>& times_s() const { return times_s_; }
  const std::vector<double>& live_bytes() const { return live_bytes_; }
  const std::vector<double>& used_bytes() const {
    return used_bytes_;
  }  // not a number where unknown; empty where always

  // At each of the times; not a number where unknown.
  std::vector<float> Of(uint64_t site_key) const;

  // Whether the points suffice to say that the site does not grow: enough of them since it first held anything, and the
  // last third on average no higher than the highest before, but for what sampling may have moved that.
  bool ShowsSteady(uint64_t site_key) const;

 private:
  void AddPoint(const JoinedDump& dump);
  void Thin();

  uint64_t dumps_ = 0;
  uint64_t dumps_per_point_ = 1;
  std::vector<double> times_s_, live_bytes_, used_bytes_;
  bool is_use_known_ = false;  // of any dump
  uint64_t sample_bytes_ = 0;
  std::vector<bool> is_partial_;
  std::unordered_map<uint64_t, std::vector<float>> sites_;  // filled up when next seen
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_HISTORY_H_
