#include "hot/stack/dwarf_cursor.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace headroom::hot {
namespace {

// Bytes on the heap, exactly as long as given, so that AddressSanitizer sees a step outside.
class Bytes {
 public:
  Bytes(std::initializer_list<int> bytes) : size_(bytes.size()), bytes_(new uint8_t[bytes.size()]) {
    size_t i = 0;
    for (int byte : bytes) bytes_[i++] = static_cast<uint8_t>(byte);
  }
  uintptr_t start() const { return reinterpret_cast<uintptr_t>(bytes_.get()); }
  uintptr_t end() const { return start() + size_; }
  DwarfCursor cursor() const { return {start(), end()}; }

 private:
  size_t size_;
  std::unique_ptr<uint8_t[]> bytes_;
};

TEST(DwarfCursor, NumbersAreLittleEndianAndMoveTheCursor) {
  const Bytes bytes{0x01, 0x02, 0x03, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4, 5, 6, 7, 8};
  DwarfCursor cursor = bytes.cursor();
  EXPECT_EQ(cursor.Read<uint8_t>(), 0x01);
  EXPECT_EQ(cursor.Read<uint16_t>(), 0x0302);
  EXPECT_EQ(cursor.Read<int32_t>(), -1);
  EXPECT_FALSE(cursor.done());
  EXPECT_EQ(cursor.Read<uint64_t>(), 0x0807060504030201u);
  EXPECT_TRUE(cursor.done());
  EXPECT_TRUE(cursor.ok());
  EXPECT_EQ(cursor.position(), bytes.end());
}

TEST(DwarfCursor, ReadPastTheEndIsZeroAndNotOk) {
  const Bytes bytes{1, 2, 3};
  DwarfCursor cursor = bytes.cursor();
  EXPECT_EQ(cursor.Read<uint32_t>(), 0u);
  EXPECT_FALSE(cursor.ok());
  EXPECT_TRUE(cursor.done());
  EXPECT_EQ(cursor.Read<uint8_t>(), 0) << "after a failure everything is zero, also what would fit";
}

TEST(DwarfCursor, PositionBeyondItsEndReadsNothing) {
  DwarfCursor cursor(2, 1);
  EXPECT_TRUE(cursor.done());
  EXPECT_EQ(cursor.Read<uint64_t>(), 0u);
  EXPECT_FALSE(cursor.ok());
}

TEST(DwarfCursor, EmptyRangeIsDoneAndFailsOnRead) {
  DwarfCursor cursor(0, 0);
  EXPECT_TRUE(cursor.done());
  EXPECT_TRUE(cursor.ok());
  EXPECT_EQ(cursor.ReadUleb(), 0u);
  EXPECT_FALSE(cursor.ok());
}

TEST(DwarfCursor, UlebExamplesOfTheStandard) {
  const Bytes bytes{0x02, 0x7F, 0x80, 0x01, 0x81, 0x01, 0xB9, 0x64};  // DWARF 5, figure 42
  DwarfCursor cursor = bytes.cursor();
  for (const uint64_t value : {2, 127, 128, 129, 12857}) EXPECT_EQ(cursor.ReadUleb(), value);
  EXPECT_TRUE(cursor.ok() && cursor.done());
}

TEST(DwarfCursor, SlebExamplesOfTheStandard) {
  const Bytes bytes{0x02, 0x7E, 0xFF, 0x00, 0x81, 0x7F, 0x80, 0x01, 0x80, 0x7F, 0x81, 0x01, 0xFF, 0x7E};  // figure 43
  DwarfCursor cursor = bytes.cursor();
  for (const int64_t value : {2, -2, 127, -127, 128, -128, 129, -129}) EXPECT_EQ(cursor.ReadSleb(), value);
  EXPECT_TRUE(cursor.ok() && cursor.done());
}

TEST(DwarfCursor, LargestAndSmallestLebNumbersAreExact) {
  const Bytes all_ones{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01};
  EXPECT_EQ(all_ones.cursor().ReadUleb(), std::numeric_limits<uint64_t>::max());
  const Bytes largest{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00};
  EXPECT_EQ(largest.cursor().ReadSleb(), std::numeric_limits<int64_t>::max());
  const Bytes smallest{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F};
  EXPECT_EQ(smallest.cursor().ReadSleb(), std::numeric_limits<int64_t>::min());
}

TEST(DwarfCursor, LebDigitsBeyondTheWordAreIgnored) {
  const Bytes padded{0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 0x2A};
  DwarfCursor cursor = padded.cursor();
  EXPECT_EQ(cursor.ReadUleb(), 5u);
  EXPECT_EQ(cursor.Read<uint8_t>(), 0x2A) << "the number ends where its last digit ends";
  EXPECT_EQ(padded.cursor().ReadSleb(), 5);
}

TEST(DwarfCursor, LebThatNeverEndsIsNotOk) {
  const Bytes endless{0x80, 0x80, 0x80};
  DwarfCursor unsigned_cursor = endless.cursor();
  EXPECT_EQ(unsigned_cursor.ReadUleb(), 0u);
  EXPECT_FALSE(unsigned_cursor.ok());
  DwarfCursor signed_cursor = endless.cursor();
  EXPECT_EQ(signed_cursor.ReadSleb(), 0);
  EXPECT_FALSE(signed_cursor.ok());
}

struct Encoded {
  uint8_t form;
  uintptr_t value;
  size_t length;
};

TEST(DwarfCursor, EveryPointerFormIsRead) {
  const Bytes bytes{0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
  constexpr uintptr_t kWord = 0x7FFFFFFFFFFFFFFEu, kMinusTwo = static_cast<uintptr_t>(-2);
  for (const Encoded& expected : std::vector<Encoded>{
           {0x00, kWord, 8}, {0x04, kWord, 8}, {0x0C, kWord, 8}, {0x02, 0xFFFE, 2}, {0x03, 0xFFFFFFFE, 4},
           {0x0A, kMinusTwo, 2}, {0x0B, kMinusTwo, 4}, {0x01, (uint64_t{1} << 56) - 2, 8}, {0x09, kMinusTwo, 8}}) {
    SCOPED_TRACE(static_cast<int>(expected.form));
    DwarfCursor cursor = bytes.cursor();
    EXPECT_EQ(cursor.ReadEncoded(expected.form, 0), expected.value);
    EXPECT_EQ(cursor.position() - bytes.start(), expected.length);
    EXPECT_TRUE(cursor.ok());
  }
}

TEST(DwarfCursor, RelativePointersCountFromTheirOwnPlaceOrTheData) {
  const Bytes bytes{0xFC, 0xFF, 0xFF, 0xFF, 0xFC, 0xFF, 0xFF, 0xFF};
  DwarfCursor cursor = bytes.cursor();
  EXPECT_EQ(cursor.ReadEncoded(0x1B, 0), bytes.start() - 4);
  EXPECT_EQ(cursor.ReadEncoded(0x3B, 1000), 996u);
}

TEST(DwarfCursor, OmittedPointerTakesNoBytes) {
  const Bytes bytes{7};
  DwarfCursor cursor = bytes.cursor();
  EXPECT_EQ(cursor.ReadEncoded(0xFF, 0), 0u);
  EXPECT_TRUE(cursor.ok());
  EXPECT_EQ(cursor.Read<uint8_t>(), 7);
}

TEST(DwarfCursor, UnknownPointerFormsAreNotOk) {
  const Bytes bytes{1, 2, 3, 4, 5, 6, 7, 8};
  for (const uint8_t form : {0x05, 0x07, 0x0D, 0x0F, 0x20, 0x40, 0x50, 0x70}) {
    DwarfCursor cursor = bytes.cursor();
    EXPECT_EQ(cursor.ReadEncoded(form, 0), 0u) << static_cast<int>(form);
    EXPECT_FALSE(cursor.ok()) << static_cast<int>(form);
  }
}

TEST(DwarfCursor, SkipStaysInside) {
  const Bytes bytes{1, 2, 3};
  DwarfCursor cursor = bytes.cursor();
  cursor.Skip(2);
  EXPECT_TRUE(cursor.ok());
  EXPECT_EQ(cursor.Read<uint8_t>(), 3);
  for (const uint64_t too_far : {uint64_t{1}, uint64_t{1} << 63, ~uint64_t{0}}) {
    DwarfCursor at_end(bytes.end(), bytes.end());
    at_end.Skip(too_far);
    EXPECT_FALSE(at_end.ok());
    EXPECT_EQ(at_end.position(), bytes.end());
  }
}

}  // namespace
}  // namespace headroom::hot
