#include "symbols/demangle.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(FunctionName, CppIsDemangled) {
  EXPECT_EQ(FunctionName("_ZN6report7Session4sendERKSs"), "report::Session::send(std::string const&)");
  EXPECT_EQ(FunctionName("_Znwm"), "operator new(unsigned long)");
}

TEST(FunctionName, CNamesStayAsTheyAre) {
  for (const char* name : {"main", "i", "f", "v", "St", "_start", "__libc_start_main", "luaV_execute", ""})
    EXPECT_EQ(FunctionName(name), name);
}

TEST(FunctionName, CloneOfTheCompilerIsShown) { EXPECT_EQ(FunctionName("_ZN1a1bEv.cold"), "a::b() [clone .cold]"); }

TEST(FunctionName, SymbolVersionIsDropped) {
  EXPECT_EQ(FunctionName("getaddrinfo@@GLIBC_2.2.5"), "getaddrinfo");
  EXPECT_EQ(FunctionName("_ZNSs6appendEPKc@GLIBCXX_3.4").substr(0, 5), "std::");
}

TEST(FunctionName, DamagedManglingStaysAsItIs) {
  for (const char* name : {"_Z", "_ZN", "_ZN3foo", "_ZN99fooEv", "_ZS9_v"}) EXPECT_EQ(FunctionName(name), name);
}

TEST(FunctionName, RustHashIsDropped) {
  EXPECT_EQ(FunctionName("_ZN4core3fmt9Formatter9write_fmt17h0123456789abcdefE"), "core::fmt::Formatter::write_fmt");
  EXPECT_EQ(FunctionName("_ZN3app4main17h0123456789abcdefE.llvm.1234567890"), "app::main");
}

TEST(FunctionName, RustEscapesAreUndone) {
  EXPECT_EQ(FunctionName("_ZN60_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE"),
            "<alloc::string::String as core::fmt::Display>::fmt");
  EXPECT_EQ(FunctionName("_ZN3app4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE"), "app::main::{{closure}}");
  EXPECT_EQ(FunctionName("_ZN33_$LT$$RF$$BP$T$C$$LP$$RP$$SP$$GT$1f17h0123456789abcdefE"), "<&*T,()@>::f");
}

TEST(FunctionName, UnknownRustEscapeStaysAsItIs) {
  EXPECT_EQ(FunctionName("_ZN16a$XX$$u$$u20zz$b1f17h0123456789abcdefE"), "a$XX$$u$$u20zz$b::f");
  EXPECT_EQ(FunctionName("_ZN8a$u2713$1f17h0123456789abcdefE"), "a$u2713$::f");
}

TEST(FunctionName, CppNameThatOnlyLooksLikeAHashStays) {
  EXPECT_EQ(FunctionName("_ZN3app17h0123456789abcdeXE"), "app::h0123456789abcdeX");
  EXPECT_EQ(FunctionName("_ZN3app17h0123456789abcdefEv"), "app::h0123456789abcdef()");
}

TEST(FunctionName, LengthIsBounded) {
  EXPECT_EQ(FunctionName(std::string(5000, 'x')), std::string(kMaxFunctionNameBytes, 'x'));
  EXPECT_EQ(FunctionName("_Z" + std::string(5000, '1')).size(), kMaxFunctionNameBytes);
  const std::string twice = FunctionName("_Z1f900" + std::string(900, 'y') + "S_");
  EXPECT_EQ(twice.substr(0, 3), "f(y");
  EXPECT_EQ(twice.size(), kMaxFunctionNameBytes);
}

TEST(FunctionName, ControlCharactersCannotReachATerminal) { EXPECT_EQ(FunctionName("a\033[31mb\x7f\n"), "a?[31mb??"); }

}  // namespace
}  // namespace headroom
