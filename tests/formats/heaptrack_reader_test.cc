#include "formats/heaptrack_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "formats/gzip.h"
#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Two stacks, leak <- main and busy <- main, at 100 ms: one block of 16 bytes leaked, one of 32 freed again.
constexpr std::string_view kSmall =
    "v 10400 3\nX ./daemon\nI 1000 100\ns b /bin/daemon\ns 4 leak\ns 4 main\ns 4 busy\ns 6 main.c\n"
    "i 401000 1 2 5 a\ni 402000 1 3 5 14\ni 403000 1 4\nt 2 0\nt 1 1\nt 3 1\na 10 2\na 20 3\n"
    "c 0\n+ 0\n+ 1\nR 7\n- 1\nc 64\n";

double LiveBytes(const Dump& dump) {
  return std::accumulate(dump.sites.begin(), dump.sites.end(), 0.0,
                         [](double sum, const DumpSite& site) { return sum + site.live_bytes; });
}

std::vector<std::string> Names(const Dump& dump, const DumpSite& site) {
  std::vector<std::string> names;
  for (const uint32_t frame : site.stack) names.push_back(dump.frames.at(frame).function);
  return names;
}

TEST(HeaptrackReader, ARealTraceEndsWithTheTotalsOfHeaptrackPrint) {
  const Findings findings = ReadFile(HEADROOM_TEST_DATA "/heaptrack/leaky.zst");
  EXPECT_THAT(findings.complaints, IsEmpty());
  ASSERT_GE(findings.dumps.size(), 200u);
  ASSERT_LE(findings.dumps.size(), static_cast<size_t>(kHeaptrackDumps) + 2);
  const Dump& last = findings.dumps.back();
  EXPECT_EQ(LiveBytes(last), 8143384);
  uint64_t born = 0, live = 0;
  for (const DumpSite& site : last.sites) {
    born += site.born_samples.value();
    live += site.live_samples.value();
  }
  EXPECT_EQ(born, 113907u);
  EXPECT_EQ(live, 9040u);
  EXPECT_NEAR(last.elapsed_s.value(), 10.5, 0.5);
  EXPECT_TRUE(std::ranges::is_sorted(findings.dumps, {}, &Dump::elapsed_s));
}

TEST(HeaptrackReader, TheLeakGrowsByWhatTheProgramLeaks) {
  const Findings findings = ReadFile(HEADROOM_TEST_DATA "/heaptrack/leaky.zst");
  ASSERT_GE(findings.dumps.size(), 200u);
  const Dump& last = findings.dumps.back();
  const auto leak = std::ranges::find_if(last.sites, [&](const DumpSite& site) {
    return std::ranges::count(Names(last, site), "app::open_session()") == 1;
  });
  ASSERT_NE(leak, last.sites.end());
  EXPECT_EQ(leak->live_samples, 512u);
  EXPECT_EQ(leak->live_bytes, 512 * 4096.0);
}

TEST(HeaptrackReader, StacksAndCountsAreThoseOfTheEvents) {
  const Findings findings = ReadText(kSmall);
  EXPECT_THAT(findings.complaints, IsEmpty());
  ASSERT_THAT(findings.dumps, SizeIs(2));
  const Dump& dump = findings.dumps.back();
  EXPECT_EQ(dump.elapsed_s, 0.1);
  EXPECT_EQ(dump.used_bytes, 7u * 4096);
  EXPECT_EQ(dump.program, "./daemon");
  ASSERT_THAT(dump.sites, SizeIs(2));
  EXPECT_THAT(Names(dump, dump.sites[0]), ElementsAre("leak", "main"));
  EXPECT_EQ(dump.sites[0].live_bytes, 16);
  EXPECT_THAT(Names(dump, dump.sites[1]), ElementsAre("busy", "main"));
  EXPECT_EQ(dump.sites[1].live_bytes, 0);
  EXPECT_EQ(dump.sites[1].died_bytes, 32);
  const Frame& leak = dump.frames[dump.sites[0].stack[0]];
  EXPECT_EQ(leak.file, "main.c");
  EXPECT_EQ(leak.line, 10);
  EXPECT_EQ(leak.module, "/bin/daemon");
}

TEST(HeaptrackReader, GzipIsAsGoodAsZstd) { EXPECT_THAT(ReadText(Gzip(kSmall)).dumps, SizeIs(2)); }

TEST(HeaptrackReader, StringsWithoutLengthAreThoseOfOlderFormats) {
  const Findings findings = ReadText("v 10200 2\ns /bin/my daemon\ni 1000 1\nt 1 0\na 8 1\n+ 0\nc a\n");
  ASSERT_THAT(findings.dumps, SizeIs(1));
  EXPECT_EQ(findings.dumps[0].frames.at(0).module, "/bin/my daemon");
  EXPECT_EQ(findings.dumps[0].frames.at(0).offset, 0x1000u);
}

TEST(HeaptrackReader, AStringMayHoldALineEnd) {
  const Findings findings = ReadText("v 10400 3\ns 3 a\nb\ni 1000 1\nt 1 0\na 8 1\n+ 0\nc a\n");
  EXPECT_THAT(findings.complaints, IsEmpty());
  EXPECT_EQ(findings.dumps.at(0).frames.at(0).module, "a\nb");
}

TEST(HeaptrackReader, AnAttachedTraceBeginsAtItsAttachment) {
  const Findings findings = ReadText("v 10400 3\ns 1 m\ni 1000 1\nt 1 0\na 8 1\n+ 0\nA\n- 0\n+ 0\nc a\n");
  EXPECT_THAT(findings.complaints, IsEmpty());
  EXPECT_EQ(findings.dumps.at(0).sites.at(0).born_samples, 1u);
  EXPECT_EQ(findings.dumps.at(0).sites.at(0).died_samples, 0u);
}

TEST(HeaptrackReader, RawTracesAreSentToTheirInterpreter) {
  EXPECT_THAT(ReadText("v 10400 3\nx /bin/daemon\n").complaints,
              ElementsAre("dump: line 2: a raw trace, expected the output of heaptrack --interpret"));
}

TEST(HeaptrackReader, WhatCameBeforeABadLineIsKept) {
  const Findings findings = ReadText(std::string(kSmall) + "+ 99\n+ 0\n");
  EXPECT_THAT(findings.complaints, ElementsAre("dump: line 23: no kind of blocks has number 153"));
  EXPECT_THAT(findings.dumps, SizeIs(2));
}

struct BadLine {
  std::string line;
  std::string complaint;
};
class HeaptrackReaderBadLine : public testing::TestWithParam<BadLine> {};

TEST_P(HeaptrackReaderBadLine, IsNamed) {
  const Findings findings = ReadText(std::string(kSmall) + GetParam().line + "\n");
  EXPECT_THAT(findings.complaints, ElementsAre("dump: line 23: " + GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    All, HeaptrackReaderBadLine,
    testing::Values(BadLine{"t 1 99", "no trace has number 153"}, BadLine{"t 99 1", "no code place has number 153"},
                    BadLine{"t 1 4", "no trace has number 4"},  // itself
                    BadLine{"t 0 1", "no code place has number 0"}, BadLine{"i 1 99", "no string has number 153"},
                    BadLine{"i", "expected the address of a code place"},
                    BadLine{"a 10", "expected the trace of a block"}, BadLine{"a 10 99", "no trace has number 153"},
                    BadLine{"a ffffffffffffffff 1", "a block of 18446744073709551615 bytes"},
                    BadLine{"+ zz", "expected a hexadecimal number"},
                    BadLine{"+ 11112222333344445", "expected a hexadecimal number"},
                    BadLine{"s ffffffff x", "a string of 4294967295 bytes goes beyond the end"},
                    BadLine{"s 1 xyz", "expected a string of 1 bytes"},
                    BadLine{"v 10400 9", "file format 9 of heaptrack, expected 1 to 3"}));

TEST(HeaptrackReader, DamagedBytesNeverCrashIt) {
  std::mt19937 random(4711);
  size_t refused = 0;
  for (int round = 0; round < 500; ++round) {
    std::string damaged(kSmall);
    for (int i = 0; i < 3; ++i) damaged[10 + random() % (damaged.size() - 10)] = static_cast<char>(random());
    refused += ReadText(damaged).complaints.size();
  }
  EXPECT_GT(refused, 100u);
}

}  // namespace
}  // namespace headroom
