#ifndef HEADROOM_FORMATS_HEAPTRACK_LEDGER_H_
#define HEADROOM_FORMATS_HEAPTRACK_LEDGER_H_

#include <cstdint>
#include <vector>

#include "formats/heaptrack/words.h"

namespace headroom::heaptrack {

// What each trace has allocated and freed so far.
struct Account {
  uint64_t trace = 0;
  uint64_t born_samples = 0;
  uint64_t died_samples = 0;
  uint64_t born_bytes = 0;
  uint64_t died_bytes = 0;
};

// The books of a trace. A free names only the size and stack of what it frees, so single blocks, and with them their
// ages, are not known. Throws FormatError.
class Ledger {
 public:
  void AddKind(uint64_t size_bytes, uint64_t trace);  // "a": blocks of one size from one stack, numbered from 0
  void Allocate(Words words);                         // "+": number of the kind
  void Free(Words words);                             // "-"

  // "A": heaptrack was attached now; what came before is not a history of the process.
  void Forget();

  const std::vector<Account>& accounts() const { return accounts_; }

 private:
  struct Kind {
    uint64_t size_bytes = 0;
    uint32_t account = 0;
    uint32_t live = 0;
  };

  Kind& KindOf(Words& words);

  std::vector<Kind> kinds_;
  std::vector<Account> accounts_;
  std::vector<uint32_t> account_of_trace_;  // 0 = none, else its index + 1
};

}  // namespace headroom::heaptrack

#endif  // HEADROOM_FORMATS_HEAPTRACK_LEDGER_H_
