#ifndef HEADROOM_DUMP_BYTE_SINK_H_
#define HEADROOM_DUMP_BYTE_SINK_H_

#include <string_view>

namespace headroom {

// Where bytes go, piece by piece.
class ByteSink {
 public:
  virtual ~ByteSink() = default;

  // False where they could not all be taken; the reason is in errno. What comes after that is worth nothing.
  virtual bool Append(std::string_view bytes) = 0;
};

}  // namespace headroom

#endif  // HEADROOM_DUMP_BYTE_SINK_H_
