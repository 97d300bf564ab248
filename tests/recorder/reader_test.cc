#include "recorder/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "dump/checksum.h"
#include "recorder/layout.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Slot(uint64_t sequence, const std::string& json, uint32_t version = kRecorderVersion) {
  SlotHeader header{{}, 0, version, sequence, json.size()};
  std::memcpy(header.magic, kRecorderMagic, sizeof(kRecorderMagic));
  std::string slot(reinterpret_cast<const char*>(&header), sizeof(header));
  slot += json;
  const uint32_t checksum = Checksum(std::string_view(slot).substr(kChecksummedFrom));
  std::memcpy(slot.data() + offsetof(SlotHeader, checksum), &checksum, sizeof(checksum));
  return slot;
}

std::string File(std::string first, const std::string& second) {
  first.resize(kSlotBytes);
  return first + second;
}

TEST(Reader, TheHigherSequenceIsTheNewerRecordWhereverItStands) {
  EXPECT_EQ(FindRecord(File(Slot(8, "{8}"), Slot(7, "{7}"))).json, "{8}");
  EXPECT_EQ(FindRecord(File(Slot(8, "{8}"), Slot(9, "{9}"))).json, "{9}");
  EXPECT_EQ(FindRecord(File(Slot(8, "{8}"), Slot(9, "{9}"))).sequence, 9u);
}

TEST(Reader, OneWholeRecordIsEnough) {
  EXPECT_EQ(FindRecord(Slot(8, "{8}")).json, "{8}");
  EXPECT_EQ(FindRecord(File(std::string(), Slot(7, "{7}"))).json, "{7}") << "the first slot is a hole";
}

TEST(Reader, AByteChangedAnywhereInTheNewerRecordBringsTheOlder) {
  const std::string good = File(Slot(8, "{\"a\":1}"), Slot(9, "{\"b\":2}"));
  for (size_t byte = kSlotBytes; byte < good.size(); ++byte) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bad = good;
      bad[byte] = static_cast<char>(bad[byte] ^ flip);
      EXPECT_EQ(FindRecord(bad).json, "{\"a\":1}") << "byte " << byte - kSlotBytes << " of the slot";
    }
  }
}

TEST(Reader, AByteChangedAnywhereInTheOnlyRecordIsFound) {
  const std::string good = Slot(8, "{\"a\":1}");
  for (size_t byte = 0; byte < good.size(); ++byte) {
    std::string bad = good;
    bad[byte] = static_cast<char>(bad[byte] ^ 0x10);
    const Record record = FindRecord(bad);
    EXPECT_THAT(record.error, StartsWith("byte ")) << "byte " << byte;
    EXPECT_EQ(record.json, "");
  }
}

TEST(Reader, AFileCutAnywhereIsNotARecord) {
  const std::string good = Slot(8, "{\"a\":1}");
  for (size_t size = 0; size < good.size(); ++size) EXPECT_NE(FindRecord(good.substr(0, size)).error, "") << size;
}

TEST(Reader, AFileCutAnywhereInItsSecondSlotStillHasItsFirst) {
  const std::string good = File(Slot(8, "{8}"), Slot(9, "{9}"));
  for (size_t size = kSlotBytes; size < good.size(); ++size)
    EXPECT_EQ(FindRecord(good.substr(0, size)).json, "{8}") << size;
}

TEST(Reader, ReasonsNameTheByte) {
  EXPECT_EQ(FindRecord("").error, "byte 0: the file ends before a whole header");
  EXPECT_EQ(FindRecord("root:x:0:0:root:/root:/bin/bash\nmore").error, "byte 0: no record of headroom begins here");
  EXPECT_EQ(FindRecord(Slot(8, "{}", 2)).error, "byte 12: layout version 2, expected 1");
  EXPECT_EQ(FindRecord(Slot(8, "{}").substr(0, 33)).error,
            "byte 24: announces a record of 2 bytes, but only 1 are there");
  EXPECT_EQ(FindRecord(Slot(8, "{}").substr(0, 33) + "!").error, "byte 8: the checksum does not match the record");
  EXPECT_THAT(FindRecord(File("", "")).error, HasSubstr("byte 0: no record"));
}

TEST(Reader, AnAbsurdLengthIsOnlyAReason) {
  std::string bad = Slot(8, "{}");
  for (const uint64_t length : {~uint64_t{0}, uint64_t{1} << 63, uint64_t{kSlotBytes}}) {
    std::memcpy(bad.data() + offsetof(SlotHeader, length), &length, sizeof(length));
    EXPECT_THAT(FindRecord(bad).error, StartsWith("byte 24: announces")) << length;
  }
}

TEST(Reader, ARecordMayNotReachIntoTheNextSlot) {
  const std::string file = File(Slot(8, std::string(kMaxRecordBytes + 10, 'x')), std::string(100, 'x'));
  EXPECT_NE(FindRecord(file).error, "");
}

TEST(Reader, WhatCannotBeReadIsNamed) {
  TemporaryDirectory directory;
  EXPECT_EQ(ReadRecord(directory / "none").error, "No such file or directory");
  EXPECT_EQ(ReadRecord(directory.path()).error, "it is not a regular file");
  EXPECT_EQ(ReadRecord("/dev/zero").error, "it is not a regular file");
  ASSERT_EQ(mkfifo((directory / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(ReadRecord(directory / "fifo").error, "it is not a regular file");
}

TEST(Reader, AHugeFileIsReadOnlyAtItsStart) {
  TemporaryDirectory directory;
  WriteWhole(directory / "huge", File(Slot(8, "{8}"), Slot(9, "{9}")));
  ASSERT_EQ(truncate((directory / "huge").c_str(), off_t{1} << 40), 0);
  EXPECT_EQ(ReadRecord(directory / "huge").json, "{9}");
}

}  // namespace
}  // namespace headroom
