#ifndef HEADROOM_RECORDER_OWN_FILE_H_
#define HEADROOM_RECORDER_OWN_FILE_H_

#include <string_view>

namespace headroom {

// Why an open file is none that this process may keep something in, as directories may be open to all: no regular file,
// another user's, or under several names or none. One clause; empty = it is one.
std::string_view ObjectionToOwnFile(int fd);

}  // namespace headroom

#endif  // HEADROOM_RECORDER_OWN_FILE_H_
