#include "trend/block_history.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace headroom {
namespace {

uint16_t Saturated(uint32_t count) {
  return static_cast<uint16_t>(std::min<uint32_t>(count, std::numeric_limits<uint16_t>::max()));
}

}  // namespace

uint64_t BlockHistory::Entered(int newest) const {
  return std::accumulate(entered.end() - newest, entered.end(), uint64_t{0});
}

uint64_t BlockHistory::Died(int newest) const {
  return std::accumulate(died.end() - newest, died.end(), uint64_t{0});
}

double BlockHistory::RecordBefore(int newest) const {
  return std::accumulate(ceiling_bytes.end() - blocks, ceiling_bytes.end() - newest, record_bytes,
                         [](double a, double b) { return std::max(a, b); });
}

void BlockHistory::Add(const BlockHistory& other) {
  blocks = other.blocks;
  record_bytes += other.record_bytes;
  for (int i = 0; i < kBlocks; ++i) {
    floor_bytes[i] += other.floor_bytes[i];
    ceiling_bytes[i] += other.ceiling_bytes[i];
    entered[i] += other.entered[i];
    died[i] += other.died[i];
  }
}

void BlockHistory::CarryOver(double record_of_earlier_lives_bytes) {
  record_bytes = std::max(record_bytes, record_of_earlier_lives_bytes);
}

BlockRing::BlockRing(int empty_blocks, uint64_t entered, uint64_t died)
    : entered_at_start_(static_cast<uint32_t>(entered)),
      died_at_start_(static_cast<uint32_t>(died)),
      blocks_(static_cast<uint8_t>(empty_blocks)) {}

void BlockRing::Close(double floor_bytes, double ceiling_bytes, uint64_t entered, uint64_t died) {
  ShiftOut();
  floor_bytes_.back() = static_cast<float>(floor_bytes);
  ceiling_bytes_.back() = static_cast<float>(ceiling_bytes);
  if (blocks_ > 0) {  // else it is not known when these began to count
    entered_.back() = Saturated(static_cast<uint32_t>(entered) - entered_at_start_);
    died_.back() = Saturated(static_cast<uint32_t>(died) - died_at_start_);
  }
  entered_at_start_ = static_cast<uint32_t>(entered);
  died_at_start_ = static_cast<uint32_t>(died);
  blocks_ = static_cast<uint8_t>(std::min(blocks_ + 1, kBlocks));
}

void BlockRing::CloseQuiet(double floor_bytes, double ceiling_bytes) {
  Close(floor_bytes, ceiling_bytes, entered_at_start_, died_at_start_);
}

void BlockRing::CloseUnknown() {
  for (int i = 0; i < kBlocks; ++i) ShiftOut();
  blocks_ = 0;
}

// The oldest block leaves into the record; the newest slot is free.
void BlockRing::ShiftOut() {
  record_bytes_ = std::max(record_bytes_, ceiling_bytes_.front());
  const auto shift = [](auto& values) {
    std::copy(values.begin() + 1, values.end(), values.begin());
    values.back() = 0;
  };
  shift(floor_bytes_);
  shift(ceiling_bytes_);
  shift(entered_);
  shift(died_);
}

bool BlockRing::HasJustRisen() const {
  int flat = 0;
  for (int i = kBlocks - kMinRises; i < kBlocks; ++i) flat += floor_bytes_[i] <= floor_bytes_[i - 1] ? 1 : 0;
  return flat <= 1 && floor_bytes_[kBlocks - 1] > floor_bytes_[kBlocks - 2] && blocks_ > kMinRises;
}

uint64_t BlockRing::Entered() const { return std::accumulate(entered_.begin(), entered_.end(), uint64_t{0}); }

uint64_t BlockRing::Died() const { return std::accumulate(died_.begin(), died_.end(), uint64_t{0}); }

BlockHistory BlockRing::History() const {
  BlockHistory history;
  history.blocks = blocks_;
  history.record_bytes = record_bytes_;
  std::copy(floor_bytes_.begin(), floor_bytes_.end(), history.floor_bytes.begin());
  std::copy(ceiling_bytes_.begin(), ceiling_bytes_.end(), history.ceiling_bytes.begin());
  std::copy(entered_.begin(), entered_.end(), history.entered.begin());
  std::copy(died_.begin(), died_.end(), history.died.begin());
  return history;
}

}  // namespace headroom
