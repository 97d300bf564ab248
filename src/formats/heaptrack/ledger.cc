#include "formats/heaptrack/ledger.h"

#include <string>

namespace headroom::heaptrack {
namespace {

constexpr size_t kMaxKinds = size_t{16} << 20;
constexpr uint64_t kMaxBlockBytes = uint64_t{1} << 47;  // more than an address space holds

}  // namespace

void Ledger::AddKind(uint64_t size_bytes, uint64_t trace) {
  if (kinds_.size() == kMaxKinds) throw FormatError("more than " + std::to_string(kMaxKinds) + " kinds of blocks");
  if (size_bytes > kMaxBlockBytes) throw FormatError("a block of " + std::to_string(size_bytes) + " bytes");
  if (trace >= account_of_trace_.size()) account_of_trace_.resize(trace + 1);
  uint32_t& account = account_of_trace_[trace];
  if (account == 0) {
    accounts_.push_back({trace});
    account = static_cast<uint32_t>(accounts_.size());
  }
  kinds_.push_back({size_bytes, account - 1, 0});
}

void Ledger::Allocate(Words words) {
  Kind& kind = KindOf(words);
  ++kind.live;
  ++accounts_[kind.account].born_samples;
  accounts_[kind.account].born_bytes += kind.size_bytes;
}

void Ledger::Free(Words words) {
  Kind& kind = KindOf(words);
  if (kind.live == 0) return;  // allocated before heaptrack was attached
  --kind.live;
  ++accounts_[kind.account].died_samples;
  accounts_[kind.account].died_bytes += kind.size_bytes;
}

void Ledger::Forget() {
  for (Kind& kind : kinds_) kind.live = 0;
  for (Account& account : accounts_) account = {account.trace};
}

Ledger::Kind& Ledger::KindOf(Words& words) {
  const uint64_t number = words.Next("the number of a kind of blocks");
  if (number >= kinds_.size()) throw FormatError("no kind of blocks has number " + std::to_string(number));
  return kinds_[number];
}

}  // namespace headroom::heaptrack
