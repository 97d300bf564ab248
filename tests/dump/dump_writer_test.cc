#include "dump/dump_writer.h"

#include <gtest/gtest.h>

#include <string>

#include "dump/checksum.h"
#include "tests/dump/example_heap.h"

namespace headroom {
namespace {

uint32_t LastNumber(const std::string& bytes) {
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number |= uint32_t{static_cast<uint8_t>(bytes[bytes.size() - 4 + i])} << (8 * i);
  return number;
}

TEST(DumpWriter, EndsWithTheChecksumOfAllBefore) {
  ExampleHeap heap;
  heap.AddLeak();
  const std::string dump = heap.Dump();
  EXPECT_EQ(LastNumber(dump), Checksum(std::string_view(dump).substr(0, dump.size() - 6)));
}

TEST(DumpWriter, WritesInPieces) {
  ExampleHeap heap;
  heap.AddCrowd(4000, 20);
  StringSink sink;
  ASSERT_TRUE(WriteDump(heap.View(), 1 << 20, sink));
  EXPECT_GT(sink.bytes.size(), 256u * 1024);
  EXPECT_LE(sink.longest_piece, 64u * 1024);
}

TEST(DumpWriter, IsNeverLongerThanItMay) {
  for (const size_t frames : {0, 1, 8, 48}) {
    ExampleHeap heap;
    heap.AddCrowd(6000, frames);
    for (const size_t most : {kLeastDumpBytes, size_t{1} << 20, size_t{8} << 20}) {
      EXPECT_LE(heap.Dump(most).size(), most) << frames;
    }
  }
}

TEST(DumpWriter, HugeNumbersTakeNoMoreThanTheirShare) {
  ExampleHeap heap;
  heap.AddCrowd(6000, 30);
  for (SiteSnapshot& site : heap.snapshot().sites) {
    site.live_by_age.fill({uint64_t{1} << 40, 0x1p41});
    site.died_samples_by_age.fill(uint64_t{1} << 40);
    site.born_samples = uint64_t{1} << 62;
    site.born_bytes = 0x1p62;
    site.oldest_ticks = ~uint64_t{0};
  }
  EXPECT_LE(heap.Dump(kLeastDumpBytes).size(), kLeastDumpBytes);
}

struct FullSink : ByteSink {
  size_t room = 100000;
  bool Append(std::string_view piece) override {
    if (piece.size() > room) return false;
    room -= piece.size();
    return true;
  }
};

TEST(DumpWriter, SaysThatTheSinkWasFull) {
  ExampleHeap heap;
  heap.AddCrowd(4000, 20);
  FullSink sink;
  EXPECT_FALSE(WriteDump(heap.View(), 1 << 20, sink));
}

}  // namespace
}  // namespace headroom
