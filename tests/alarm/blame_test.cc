#include "alarm/blame.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/alarm/example_event.h"

namespace headroom {
namespace {

std::string NameOf(const Frame& frame) {
  FixedText<200> out;
  AppendFrameName(frame, 40, out);
  return std::string(out.view());
}

Frame Unnamed(std::string module) { return NamedFrame("", std::move(module)); }

TEST(BlamedFrame, RuntimeFunctionsAreNotGuilty) {
  EXPECT_EQ(BlamedFrame({NamedFrame("operator new(unsigned long)"),
                         NamedFrame("void std::vector<int, std::allocator<int> >::_M_realloc_insert<int>(int&&)"),
                         NamedFrame("_ZNSt6vectorIiE9push_backEi"), NamedFrame("Own()")}),
            3u);
}

TEST(BlamedFrame, RuntimeLibrariesAreNotGuilty) {
  EXPECT_EQ(
      BlamedFrame({NamedFrame("strdup", "/lib/x86_64-linux-gnu/libc.so.6"), Unnamed("/usr/lib/libstdc++.so.6.0.30"),
                   NamedFrame("sqlite3Malloc", "/usr/lib/libsqlite3.so.0"), NamedFrame("main")}),
      2u);
}

TEST(BlamedFrame, AnUnnamedFunctionOfTheProgramIsGuilty) {
  EXPECT_EQ(BlamedFrame({Unnamed("/usr/sbin/nginx"), NamedFrame("main")}), 0u);
}

TEST(BlamedFrame, CodeOfWhichNothingIsKnownIsNotGuilty) {
  EXPECT_EQ(BlamedFrame({Unnamed(""), NamedFrame("Own()")}), 1u);
}

TEST(BlamedFrame, ThereIsOneWhereAllAreRuntime) {
  EXPECT_EQ(BlamedFrame({NamedFrame("std::a()"), NamedFrame("std::b()")}), 0u);
}

TEST(BareName, ReturnTypeAndParametersAreLeftOut) {
  EXPECT_EQ(BareName("Resolver::Ask(Name const&)"), "Resolver::Ask");
  EXPECT_EQ(BareName("void ns::Queue<int, ns::A<b> >::Push<c>(int const&) const"),
            "ns::Queue<int, ns::A<b> >::Push<c>");
  EXPECT_EQ(BareName("unsigned long Hash(char)"), "Hash");
}

TEST(BareName, ADeducedReturnTypeIsLeftOut) {
  EXPECT_EQ(BareName("decltype (::new ((void*)(0)) T((f<int>)())) std::construct_at<T, int>(T*, int&&)"),
            "std::construct_at<T, int>");
}

TEST(BareName, AnonymousNamespacesAndLambdasAreUnderstood) {
  EXPECT_EQ(BareName("(anonymous namespace)::Own(int)"), "(anonymous namespace)::Own");
  EXPECT_EQ(BareName("a::(anonymous namespace)::Own(int)"), "a::(anonymous namespace)::Own");
  EXPECT_EQ(BareName("Run(int)::{lambda(char)#1}::operator()(char) const"), "Run");
}

TEST(BareName, GosReceiversBelongToTheName) {
  EXPECT_EQ(BareName("strings.(*Builder).grow"), "strings.(*Builder).grow");
  EXPECT_EQ(BareName("main.main.func1"), "main.main.func1");
}

TEST(BareName, OperatorsKeepTheirSymbols) {
  EXPECT_EQ(BareName("operator new(unsigned long)"), "operator new");
  EXPECT_EQ(BareName("a::B::operator()(int) const"), "a::B::operator()");
  EXPECT_EQ(BareName("std::ostream& a::operator<< <int>(std::ostream&, int)"), "a::operator<< <int>");
  EXPECT_EQ(BareName("my_operator(int)"), "my_operator");
}

TEST(BareName, OtherNamesComeBackAsTheyAre) {
  for (const char* name : {"main", "ngx_palloc", "_ZN3fooEv", "", " ", "(", "operator", "<", "foo.part.0"})
    EXPECT_EQ(BareName(name), name);
  EXPECT_EQ(BareName("foo(int) [clone .cold]"), "foo");
  EXPECT_EQ(BareName("foo [clone .part.0]"), "foo");
}

TEST(FrameName, ModuleAndOffsetStandForAMissingName) {
  EXPECT_EQ(NameOf(Unnamed("/usr/sbin/nginx")), "nginx+0x1234");
  EXPECT_EQ(NameOf(Frame()), "an unknown function");
}

TEST(FrameName, LongNamesAreCut) {
  EXPECT_EQ(NameOf(NamedFrame("Vector<" + std::string(500, 'x') + ">::Grow()")).size(), 40u);
}

}  // namespace
}  // namespace headroom
