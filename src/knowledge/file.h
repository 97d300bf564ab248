#ifndef HEADROOM_KNOWLEDGE_FILE_H_
#define HEADROOM_KNOWLEDGE_FILE_H_

#include <string>
#include <string_view>

#include "knowledge/knowledge.h"

namespace headroom {

// DIRECTORY/PROGRAM.UID.knowledge: all processes of one program that run as one user share it.
std::string KnowledgePath(const std::string& directory, std::string_view program, uint64_t user_id);

enum class KnowledgeState {
  kRead,
  kAbsent,
  kDamaged,  // it was ours, and will be made anew
  kRefused,  // it is not for us to use, nor to replace
};

struct KnowledgeFile {
  KnowledgeState state = KnowledgeState::kAbsent;
  Knowledge knowledge;  // of kRead
  std::string reason;   // of kDamaged and kRefused: one clause that names the path
};

// Refused where it is a symbolic link, no regular file, has several names, belongs to somebody else, can be written by
// others, is too large, or not of this format's version.
KnowledgeFile ReadKnowledge(const std::string& path);

enum class Renewal {
  kDone,    // or there was nothing new
  kBusy,    // another process is at it: try again
  kFailed,  // see the reason
};

struct Renewed {
  Renewal renewal = Renewal::kDone;
  std::string reason;  // of kFailed: one clause that names the path
};

// Merges the news into the file: readers find the old or the new one whole, whenever this process ends. Writers take
// turns by a lock on PATH.new, which becomes the file; the kernel frees it when its holder dies. Mode 0600. Not synced:
// after a crash of the host the file may be damaged, which costs what it knew.
Renewed RenewKnowledge(const std::string& path, const BuildKnowledge& news);

}  // namespace headroom

#endif  // HEADROOM_KNOWLEDGE_FILE_H_
