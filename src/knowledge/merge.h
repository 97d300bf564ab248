#ifndef HEADROOM_KNOWLEDGE_MERGE_H_
#define HEADROOM_KNOWLEDGE_MERGE_H_

#include "knowledge/knowledge.h"

namespace headroom {

// Adds what one life has to tell of its build: of each level the higher one counts, except that what was learned with
// samples twice as far apart, which err by more, never overrules. The build becomes the first; of builds, the one told
// of longest ago goes, of sites those that hold least, where there are too many. Nothing else is ever taken away.
void Merge(const BuildKnowledge& news, Knowledge& knowledge);

}  // namespace headroom

#endif  // HEADROOM_KNOWLEDGE_MERGE_H_
