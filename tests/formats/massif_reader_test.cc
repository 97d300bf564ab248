#include "formats/massif_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;

std::string Massif(const std::string& tree) {
  return "desc: --time-unit=ms\ncmd: ./app\ntime_unit: ms\n#-----------\nsnapshot=0\n#-----------\ntime=1500\n"
         "mem_heap_B=100\nmem_heap_extra_B=0\nmem_stacks_B=0\nheap_tree=detailed\n" +
         tree;
}

TEST(MassifReader, ATreeBecomesStacksFromTheAllocationOutwards) {
  const Findings found =
      ReadText(Massif("n3: 100 (heap allocation functions) malloc/new/new[], --alloc-fns, etc.\n"
                      " n2: 60 0x1: f() (a.cc:3)\n"
                      "  n0: 40 0x2: g() (a.cc:9)\n"
                      "  n0: 20 in 2 places, all below massif's threshold (1.00%)\n"
                      " n0: 30 0x3: ??? (in /usr/lib/libx.so)\n"
                      " n0: 10 in 7 places, all below massif's threshold (1.00%)\n"));
  EXPECT_THAT(found.complaints, ElementsAre());
  ASSERT_EQ(found.dumps.size(), 1u);
  const Dump& dump = found.dumps[0];
  EXPECT_NEAR(dump.elapsed_s.value_or(0), 1.5, 1e-9);
  ASSERT_EQ(dump.sites.size(), 2u);
  EXPECT_EQ(dump.sites[0].live_bytes, 40);
  ASSERT_EQ(dump.sites[0].stack.size(), 2u);
  EXPECT_EQ(dump.frames[dump.sites[0].stack[0]].function, "f()");
  EXPECT_EQ(dump.frames[dump.sites[0].stack[1]].line, 9);
  EXPECT_EQ(dump.frames[dump.sites[1].stack[0]].module, "/usr/lib/libx.so");
}

TEST(MassifReader, WrongTreesAreNamed) {
  EXPECT_THAT(ReadText(Massif("n2: 100 (heap)\n n0: 60 0x1: f (a.cc:3)\n")).complaints,
              ElementsAre("dump: line 13: the file ends in the middle of a tree: it is cut off; the rest is left out"));
  EXPECT_THAT(ReadText(Massif("n1: 100 (heap)\n   n0: 60 0x1: f (a.cc:3)\n")).complaints,
              ElementsAre("dump: line 13: expected a node of the tree at this depth; the rest is left out"));
  EXPECT_THAT(ReadText(Massif("n9999999999999999999999: 100 (heap)\n")).complaints,
              ElementsAre("dump: line 12: the number of children is too large; the rest is left out"));
}

}  // namespace
}  // namespace headroom
