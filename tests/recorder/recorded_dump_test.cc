// The heap dump beside the record: written by recorder/writer.h, found by recorder/reader.h.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <string>

#include "recorder/layout.h"
#include "recorder/reader.h"
#include "recorder/writer.h"
#include "tests/alarm/sinks/temporary_directory.h"
#include "tests/dump/example_heap.h"
#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The dump of an empty heap at a tick, and the recorder's content after dumps of the ticks 1 to `dumps`.
std::string DumpAt(uint64_t tick) {
  ExampleHeap heap;
  heap.snapshot().tick = tick;
  return heap.Dump(kMaxDumpBytes);
}

std::string ContentAfter(uint64_t dumps) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  EXPECT_TRUE(writer.Write(ExampleStatus()));
  ExampleHeap heap;
  for (uint64_t tick = 1; tick <= dumps; ++tick) {
    heap.snapshot().tick = tick;
    EXPECT_TRUE(writer.WriteDump(heap.View())) << writer.last_error();
  }
  return ReadWhole(writer.path());
}

TEST(RecordedDump, TheNewestIsFoundAfterEachWrite) {
  for (uint64_t dumps = 1; dumps <= 4; ++dumps) {
    const std::string content = ContentAfter(dumps);
    EXPECT_EQ(FindRecordedDump(content).bytes, DumpAt(dumps));
    EXPECT_EQ(FindRecordedDump(content).sequence, dumps);
    EXPECT_EQ(FindRecord(content).error, "") << "the record beside it";
  }
}

TEST(RecordedDump, ThereIsNoneBeforeTheFirst) {
  EXPECT_THAT(FindRecordedDump(ContentAfter(0)).error, StartsWith("byte "));
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  EXPECT_FALSE(writer.WriteDump(ExampleHeap().View())) << "the file may still be another process's";
  EXPECT_THAT(writer.last_error(), HasSubstr("there is no record yet"));
}

TEST(RecordedDump, AByteChangedAnywhereInTheNewerBringsTheOlder) {
  const std::string good = ContentAfter(3);  // the third stands in the second slot
  const size_t begin = kDumpSlotsBegin + SlotOf(3) * kDumpSlotBytes;
  const size_t end = begin + sizeof(SlotHeader) + DumpAt(3).size();
  const std::string older = DumpAt(2);
  for (size_t byte = begin; byte < end; ++byte) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bad = good;
      bad[byte] = static_cast<char>(bad[byte] ^ flip);
      EXPECT_EQ(FindRecordedDump(bad).bytes, older) << "byte " << byte - begin << " of the slot";
    }
  }
}

TEST(RecordedDump, AFileCutAnywhereInTheNewerStillHasTheOlder) {
  const std::string good = ContentAfter(3);
  const size_t begin = kDumpSlotsBegin + SlotOf(3) * kDumpSlotBytes;
  ASSERT_GT(begin, kDumpSlotsBegin) << "the second slot";
  const std::string older = DumpAt(2);
  for (size_t size = begin; size < begin + sizeof(SlotHeader) + DumpAt(3).size(); ++size) {
    EXPECT_EQ(FindRecordedDump(good.substr(0, size)).bytes, older) << size;
  }
}

TEST(RecordedDump, AWriterThatDiedInTheMiddleLeavesTheOlder) {
  const std::string good = ContentAfter(2);
  const std::string next = DumpAt(3);
  const size_t begin = kDumpSlotsBegin + SlotOf(3) * kDumpSlotBytes + sizeof(SlotHeader);
  for (size_t written = 1; written <= next.size(); ++written) {
    std::string torn = good;
    torn.replace(begin, written, next, 0, written);
    EXPECT_EQ(FindRecordedDump(torn).bytes, DumpAt(2)) << written;
  }
}

TEST(RecordedDump, ReasonsNameTheByte) {
  std::string content = ContentAfter(1);
  const size_t begin = kDumpSlotsBegin + SlotOf(1) * kDumpSlotBytes;
  const std::string place = "byte " + std::to_string(begin + offsetof(SlotHeader, checksum));
  content.back() = static_cast<char>(content.back() ^ 1);
  EXPECT_THAT(FindRecordedDump(content).error, HasSubstr(place + ": the checksum does not match the heap dump"));
}

TEST(RecordedDump, TheFileStaysBoundedWhateverTheHeapHolds) {
  TemporaryDirectory directory;
  Writer writer(directory / "1.hr");
  ASSERT_TRUE(writer.Write(ExampleStatus()));
  ExampleHeap heap;
  heap.AddCrowd(20000, 30);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(writer.WriteDump(heap.View()));
  struct stat file;
  ASSERT_EQ(stat(writer.path().c_str(), &file), 0);
  EXPECT_LE(static_cast<size_t>(file.st_size), kMaxRecorderBytes);
  EXPECT_EQ(ReadRecordedDump(writer.path()).error, "");
}

}  // namespace
}  // namespace headroom
