#ifndef HEADROOM_AGENT_RECORD_END_H_
#define HEADROOM_AGENT_RECORD_END_H_

#include <string>

namespace headroom {

// What becomes of the record when the process ends in good order: it is removed, inside exit, unless there is something
// to look back at. The agent's thread still runs then, so it writes only within one of these, where exit waits for it
// (for a tenth of a second at most, then the record stays), and not at all once the process is ending.
class RecordWriting {
 public:
  enum class AtExit { kRemove, kKeep };
  RecordWriting(const std::string& path, AtExit at_exit);
  ~RecordWriting();
  RecordWriting(const RecordWriting&) = delete;
  RecordWriting& operator=(const RecordWriting&) = delete;

  bool is_allowed() const { return is_allowed_; }

 private:
  bool is_allowed_;
};

// In a forked child, whose record is not its parent's.
void ForgetRecordOfParent();

}  // namespace headroom

#endif  // HEADROOM_AGENT_RECORD_END_H_
