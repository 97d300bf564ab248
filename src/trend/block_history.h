#ifndef HEADROOM_TREND_BLOCK_HISTORY_H_
#define HEADROOM_TREND_BLOCK_HISTORY_H_

#include <array>
#include <cstdint>

#include "trend/scales.h"

namespace headroom {

// What is remembered of one scale, of one site or summed over several; oldest block first, [kBlocks - 1] is the newest.
// Sums of floors are never above the floor of the sum, sums of ceilings and of records never below.
struct BlockHistory {
  int blocks = 0;  // how many of the newest are known
  std::array<double, kBlocks> floor_bytes{};
  std::array<double, kBlocks> ceiling_bytes{};
  std::array<uint64_t, kBlocks> entered{};  // samples that became old in the block
  std::array<uint64_t, kBlocks> died{};     // samples that died old in the block
  double record_bytes = 0;                  // the highest ceiling of all blocks before these

  // Of the newest blocks.
  uint64_t Entered(int blocks) const;
  uint64_t Died(int blocks) const;

  // The highest level ever seen before the newest blocks.
  double RecordBefore(int blocks) const;

  void Add(const BlockHistory& other);

  // An earlier life of the program has been as high as that.
  void CarryOver(double record_of_earlier_lives_bytes);
};

// The compact form in which each site keeps one: counts of a block above 65,535 are held at that, which can only make a
// growth look less certain.
class BlockRing {
 public:
  // A site that is known to have held nothing old during that many newest blocks; `died` counts the deaths so far.
  BlockRing(int empty_blocks, uint64_t entered, uint64_t died);

  // The running block ends. The totals count since the start of the site.
  void Close(double floor_bytes, double ceiling_bytes, uint64_t entered, uint64_t died);

  // The running block ends, and no sample entered or died in it as far as one can tell.
  void CloseQuiet(double floor_bytes, double ceiling_bytes);

  // The running block ends and nothing is known of it: only the record survives.
  void CloseUnknown();

  BlockHistory History() const;

  // Cheaper than a history: how many blocks are known, whether the newest few rose but for one, and what entered and died in all.
  int blocks() const { return blocks_; }
  bool HasJustRisen() const;
  uint64_t Entered() const;
  uint64_t Died() const;

 private:
  void ShiftOut();

  std::array<float, kBlocks> floor_bytes_{};
  std::array<float, kBlocks> ceiling_bytes_{};
  std::array<uint16_t, kBlocks> entered_{};
  std::array<uint16_t, kBlocks> died_{};
  float record_bytes_ = 0;
  uint32_t entered_at_start_;  // of the running block, modulo 2^32
  uint32_t died_at_start_;
  uint8_t blocks_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_BLOCK_HISTORY_H_
