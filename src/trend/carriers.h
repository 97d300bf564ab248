#ifndef HEADROOM_TREND_CARRIERS_H_
#define HEADROOM_TREND_CARRIERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace headroom {

// A call stack that carries a share of a growth which is told of the process as a whole.
struct Carrier {
  uint64_t site_key = 0;
  double share = 0;  // of all that rose
};

// Of the sites that are shown, those that rose most. In 300 bytes.
class Carriers {
 public:
  void Add(uint64_t site_key, double risen_bytes);

  double bytes() const { return bytes_; }  // that rose, of all sites
  std::vector<Carrier> Largest() const;    // at most kMost, the largest first

  static constexpr size_t kMost = 16;

 private:
  struct Rise {
    uint64_t site_key = 0;
    double bytes = 0;
  };

  std::array<Rise, kMost> rises_{};
  double bytes_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_CARRIERS_H_
