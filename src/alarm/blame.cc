#include "alarm/blame.h"

#include <algorithm>

#include "alarm/utf8.h"

namespace headroom {
namespace {

bool StartsWithAny(std::string_view text, const auto& prefixes) {
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [text](std::string_view prefix) { return text.starts_with(prefix); });
}

bool IsRuntimeModule(std::string_view module) {
  constexpr std::string_view kModules[] = {"libc.so", "libc-2.",    "libstdc++.", "libc++", "libgcc_s.",
                                           "ld-",     "libpthread", "libm.so",    "libdl.", "[vdso]"};
  return StartsWithAny(BaseName(module), kModules);
}

// Templates of the standard library are compiled into the program, so the module does not tell.
bool IsRuntimeFunction(std::string_view function) {
  constexpr std::string_view kNames[] = {"std::", "__gnu_cxx::", "__cxxabiv1::", "__cxa_",        "operator new",
                                         "_ZNSt", "_ZNKSt",      "_ZSt",         "_ZN9__gnu_cxx", "_Znw",
                                         "_Zna",  "__libc_",     "_dl_",         "_start"};
  return StartsWithAny(BareName(function), kNames);
}

constexpr std::string_view kAnonymous = "(anonymous namespace)";

// Where an operator's name ends, given the text from "operator" on: at the '(' behind its symbol.
size_t OperatorLength(std::string_view rest) {
  return std::min(rest.find('(', rest.starts_with("operator()") ? 10 : 8), rest.size());
}

// Of a return type like "decltype (f()) name()", in which a name would be looked for; else 0.
size_t DecltypeLength(std::string_view function) {
  if (!function.starts_with("decltype")) return 0;
  int depth = 0;
  for (size_t at = 0; at < function.size(); ++at) {
    if (function[at] == '(') ++depth;
    if (function[at] == ')' && --depth == 0) return std::min(at + 2, function.size());
  }
  return 0;
}

}  // namespace

std::string_view BareName(std::string_view function) {
  size_t begin = DecltypeLength(function);
  int depth = 0;  // of template arguments
  for (size_t at = begin; at < function.size(); ++at) {
    const std::string_view rest = function.substr(at);
    if (depth == 0 && (at == begin || function[at - 1] == ':') && rest.starts_with("operator")) {
      return function.substr(begin, at + OperatorLength(rest) - begin);
    }
    if (rest.starts_with(kAnonymous)) {
      at += kAnonymous.size() - 1;
    } else if (rest[0] == '<') {
      ++depth;
    } else if (rest[0] == '>') {
      --depth;
    } else if (depth == 0 && at > begin && function[at - 1] == '.' && rest[0] == '(') {
      continue;  // Go's receiver: strings.(*Builder).grow
    } else if (depth == 0 && at > begin && (rest[0] == '(' || rest.starts_with(" ["))) {
      return function.substr(begin, at - begin);
    } else if (depth == 0 && rest[0] == ' ') {
      begin = at + 1;
    }
  }
  return begin < function.size() ? function.substr(begin) : function;
}

bool IsOwnWork(const Frame& frame) {
  if (frame.function.empty() && frame.module.empty()) return false;
  return !IsRuntimeModule(frame.module) && !IsRuntimeFunction(frame.function);
}

size_t BlamedFrame(const std::vector<Frame>& frames) {
  const auto own = std::find_if(frames.begin(), frames.end(), IsOwnWork);
  return own == frames.end() ? 0 : static_cast<size_t>(own - frames.begin());
}

void AppendFrameName(const Frame& frame, size_t max_bytes, TextBuffer& out) {
  if (!frame.function.empty()) return AppendPrintable(BareName(frame.function), max_bytes, out);
  if (frame.module.empty()) return out.Append("an unknown function");
  AppendPrintable(BaseName(frame.module), max_bytes, out);
  out.Append("+0x");
  out.AppendInteger(frame.offset, 16);
}

std::string_view BaseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 == 0
}

}  // namespace headroom
