// Dumps made by the tools themselves, against the totals that another reader found in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

struct Expected {
  std::string file;
  uint64_t sample_bytes = 0;
  size_t stacks = 0;
  double live_bytes = 0, born_bytes = 0;
};

std::vector<Expected> ReadExpected() {
  std::ifstream table(HEADROOM_TEST_DATA "/expected.tsv");
  std::vector<Expected> rows;
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::vector<std::string> cells;
    std::istringstream words(line);
    for (std::string cell; std::getline(words, cell, '\t');) cells.push_back(cell);
    rows.push_back({cells.at(0), std::stoull(cells.at(2)), std::stoull(cells.at(3)), std::stod(cells.at(5)),
                    std::stod(cells.at(7))});
  }
  return rows;
}

class Sample : public testing::TestWithParam<Expected> {};

TEST_P(Sample, HoldsWhatAnotherReaderFound) {
  const Expected& expected = GetParam();
  const Findings found = ReadFile(std::string(HEADROOM_TEST_DATA "/") + expected.file);
  EXPECT_THAT(found.complaints, testing::ElementsAre());
  ASSERT_EQ(found.dumps.size(), 1u);
  const Dump& dump = found.dumps[0];
  double live_bytes = 0;
  double born_bytes = 0;
  std::set<std::vector<uint32_t>> stacks;
  for (const DumpSite& site : dump.sites) {
    live_bytes += site.live_bytes;
    born_bytes += site.born_bytes.value_or(0);
    stacks.insert(site.stack);
  }
  EXPECT_NEAR(live_bytes, expected.live_bytes, 1e-5 * expected.live_bytes);
  EXPECT_NEAR(born_bytes, expected.born_bytes, 1);
  EXPECT_EQ(stacks.size(), expected.stacks);
  EXPECT_EQ(std::max<uint64_t>(dump.sample_bytes, 1), expected.sample_bytes);
  EXPECT_THAT(dump.program, testing::EndsWith("/leaky"));
}

INSTANTIATE_TEST_SUITE_P(All, Sample, testing::ValuesIn(ReadExpected()));

TEST(Samples, ThereAreSome) { EXPECT_EQ(ReadExpected().size(), 14u); }

TEST(Samples, DumpsOfOneLifeAreOfOneLife) {
  const auto life = [](const char* file) {
    return ReadFile(std::string(HEADROOM_TEST_DATA "/") + file).dumps.at(0).life;
  };
  EXPECT_EQ(life("jemalloc/leaky.10476.0.i0.heap"), life("jemalloc/leaky.10476.6.i6.heap"));
  EXPECT_NE(life("jemalloc/leaky.10476.0.i0.heap"), life("gperftools-heapprofile/leaky.0001.heap"));
}

TEST(Samples, GoTextTellsFunctionsAndHalvesItsPeriod) {
  const Findings found = ReadFile(HEADROOM_TEST_DATA "/go-pprof/heap.debug1.txt.gz");
  ASSERT_EQ(found.dumps.size(), 1u);
  const Dump& dump = found.dumps[0];
  EXPECT_EQ(dump.sample_bytes, 16384u);
  const Frame& leaf = dump.frames[dump.sites.at(0).stack.at(0)];
  EXPECT_EQ(leaf.function, "main.cache");
  EXPECT_EQ(leaf.line, 36);
  EXPECT_THAT(leaf.file, testing::EndsWith("/leaky.go"));
}

TEST(Samples, MassifHoldsASeries) {
  const Findings found = ReadFile(HEADROOM_TEST_DATA "/valgrind/massif.out.gz");
  EXPECT_THAT(found.complaints, testing::ElementsAre());
  ASSERT_EQ(found.dumps.size(), 14u);
  const Dump& last = found.dumps.back();
  EXPECT_TRUE(last.partial);
  EXPECT_NEAR(last.elapsed_s.value_or(0), 0.493, 1e-9);
  EXPECT_EQ(last.program, "../leaky 512");
  const auto is_session = [&](const DumpSite& site) {
    return last.frames[site.stack[0]].function == "app::open_session()";
  };
  const auto session = std::ranges::find_if(last.sites, is_session);
  ASSERT_NE(session, last.sites.end());
  EXPECT_EQ(session->live_bytes, 2097152);
  EXPECT_EQ(last.frames[session->stack[1]].function, "app::session_leak()");
}

}  // namespace
}  // namespace headroom
