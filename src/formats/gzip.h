#ifndef HEADROOM_FORMATS_GZIP_H_
#define HEADROOM_FORMATS_GZIP_H_

#include <string>
#include <string_view>

namespace headroom {

// One gzip member without name or time, so that equal content gives equal bytes.
std::string Gzip(std::string_view content);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_GZIP_H_
