#ifndef HEADROOM_SYMBOLS_DEMANGLE_H_
#define HEADROOM_SYMBOLS_DEMANGLE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace headroom {

inline constexpr size_t kMaxFunctionNameBytes = 1024;

// A symbol as a person writes it: C++ (Itanium) and Rust's legacy mangling undone, a symbol version ("@@GLIBC_2.34")
// dropped, everything else as it is. At most kMaxFunctionNameBytes long and free of control characters.
std::string FunctionName(std::string_view symbol);

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_DEMANGLE_H_
