#include "symbols/allocator_frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headroom {
namespace {

using ::testing::ElementsAre;

struct Call {
  std::string function;
  std::string module = "/usr/sbin/daemon";
};

std::vector<std::string> Kept(const std::vector<Call>& calls) {
  std::vector<Frame> frames;
  for (const Call& call : calls) {
    Frame& frame = frames.emplace_back();
    frame.function = call.function;
    frame.module = call.module;
  }
  DropAllocatorFrames(&frames);
  std::vector<std::string> functions;
  for (const Frame& frame : frames) functions.push_back(frame.function);
  return functions;
}

TEST(AllocatorFrames, EntryPointsAreDropped) {
  for (const char* entry :
       {"malloc", "calloc", "realloc", "reallocarray", "posix_memalign", "memalign", "aligned_alloc", "valloc",
        "pvalloc", "operator new(unsigned long)", "operator new[](unsigned long)",
        "operator new(unsigned long, std::align_val_t, std::nothrow_t const&)"}) {
    EXPECT_THAT(Kept({{entry}, {"Grow"}, {"main"}}), ElementsAre("Grow", "main")) << entry;
  }
}

TEST(AllocatorFrames, AgentAndAllocatorLibrariesAreDroppedWithoutNames) {
  for (const char* library : {"/opt/x/libheadroom_preload.so", "libheadroom.so.0", "/usr/lib/libjemalloc.so.2",
                              "/usr/lib/libtcmalloc_minimal.so.4", "/usr/lib/libmimalloc.so.2.0"}) {
    EXPECT_THAT(Kept({{"", library}, {"", library}, {"Grow"}}), ElementsAre("Grow")) << library;
  }
}

TEST(AllocatorFrames, AgentLinkedIntoTheProgramIsDropped) {
  EXPECT_THAT(Kept({{"headroom::hot::Record(void*, unsigned long)"}, {"malloc"}, {"Grow"}}), ElementsAre("Grow"));
}

TEST(AllocatorFrames, TheReportOfAPoolIsDroppedThePoolIsNot) {
  EXPECT_THAT(Kept({{"headroom_report_alloc"},
                    {"headroom::ReportAlloc(void const*, unsigned long)"},
                    {"Pool::Take(unsigned long)"},
                    {"main"}}),
              ElementsAre("Pool::Take(unsigned long)", "main"));
}

TEST(AllocatorFrames, WhoAskedForTheMemoryStays) {
  for (const char* asker :
       {"std::__new_allocator<char>::allocate(unsigned long, void const*)", "strdup",
        "Pool::operator new(unsigned long)", "malloc_wrapper", "g_malloc", "headroom::Symbolizer::Resolve()", ""}) {
    EXPECT_THAT(Kept({{"malloc"}, {asker}, {"main"}}), ElementsAre(asker, "main")) << asker;
  }
}

TEST(AllocatorFrames, OnlyTheInnermostEndIsDropped) {
  EXPECT_THAT(Kept({{"operator new(unsigned long)"}, {"Grow"}, {"malloc"}, {"main"}}),
              ElementsAre("Grow", "malloc", "main"));
}

TEST(AllocatorFrames, StackOfAllocatorAloneBecomesEmpty) {
  EXPECT_THAT(Kept({{"malloc"}, {"", "/usr/lib/libjemalloc.so.2"}}), ElementsAre());
  EXPECT_THAT(Kept({}), ElementsAre());
}

}  // namespace
}  // namespace headroom
