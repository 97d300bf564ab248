#ifndef HEADROOM_FORMATS_FORMAT_ERROR_H_
#define HEADROOM_FORMATS_FORMAT_ERROR_H_

#include <cstdint>
#include <stdexcept>
#include <string>

namespace headroom {

// Thrown inside the readers of nested formats, where results would be a nuisance; every such reader catches it at its
// border. `byte` is where in the unpacked input, 0 where it is wrong as a whole.
class FormatError : public std::runtime_error {
 public:
  explicit FormatError(const std::string& what, uint64_t byte = 0) : std::runtime_error(what), byte_(byte) {}

  uint64_t byte() const { return byte_; }

 private:
  uint64_t byte_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_FORMAT_ERROR_H_
