#ifndef HEADROOM_SERVE_WORDS_H_
#define HEADROOM_SERVE_WORDS_H_

#include <string>
#include <vector>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/say.h"

namespace headroom {

// Quantities and names as the status page says them.
inline std::string BytesWords(double bytes) { return Say(AppendBytes, bytes); }
inline std::string DurationWords(double seconds) { return Say(AppendDuration, seconds); }

inline std::string BlameWords(const std::vector<Frame>& frames) {
  if (frames.empty()) return "the whole process";
  FixedText<512> name;
  AppendFrameName(frames[BlamedFrame(frames)], 240, name);
  return std::string(name.view());
}

}  // namespace headroom

#endif  // HEADROOM_SERVE_WORDS_H_
