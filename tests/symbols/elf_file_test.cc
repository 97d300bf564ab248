#include "symbols/elf_file.h"

#include <gtest/gtest.h>

#include "tests/symbols/elf_image.h"
#include "tests/symbols/fake_tree.h"

namespace headroom {
namespace {

using testing::ElfImage;
using testing::FakeTree;

class ElfFileTest : public ::testing::Test {
 protected:
  std::optional<ElfFile> Open(const std::string& bytes) {
    tree_.Write("/object", bytes);
    return ElfFile::Open(tree_.root() + "/object");
  }

  FakeTree tree_;
};

TEST_F(ElfFileTest, CodeSegmentsAreFound) {
  const auto file = Open(ElfImage().Bytes());
  ASSERT_TRUE(file);
  const std::vector<CodeSegment> segments = file->CodeSegments();
  ASSERT_EQ(segments.size(), 1u);
  EXPECT_EQ(segments[0].file_offset, ElfImage::kCodeOffset);
  EXPECT_EQ(segments[0].bytes, ElfImage::kCodeBytes);
  EXPECT_EQ(segments[0].virtual_address, ElfImage::kCodeAddress);
}

TEST_F(ElfFileTest, BuildIdIsReadBehindOtherNotes) { EXPECT_EQ(Open(ElfImage().Bytes())->BuildId(), "1234abcd"); }

TEST_F(ElfFileTest, BuildIdIsReadFromASectionWhenNoSegmentHasIt) {
  ElfImage image;
  image.note_has_segment = false;
  EXPECT_EQ(Open(image.Bytes())->BuildId(), "1234abcd");
}

TEST_F(ElfFileTest, NotesMayBeAlignedToEightBytes) {
  ElfImage image;
  image.note_alignment = 8;
  EXPECT_EQ(Open(image.Bytes())->BuildId(), "1234abcd");
}

TEST_F(ElfFileTest, FileWithoutBuildIdHasNone) {
  ElfImage image;
  image.build_id = "";
  EXPECT_EQ(Open(image.Bytes())->BuildId(), "");
}

TEST_F(ElfFileTest, OversizedBuildIdIsNotBelieved) {
  ElfImage image;
  image.build_id = std::string(100, 'x');
  EXPECT_EQ(Open(image.Bytes())->BuildId(), "");
}

TEST_F(ElfFileTest, OtherFilesAreRefused) {
  const std::string bytes = ElfImage().Bytes();
  std::string elf32 = bytes;
  elf32[EI_CLASS] = ELFCLASS32;
  std::string big_endian = bytes;
  big_endian[EI_DATA] = ELFDATA2MSB;
  for (const std::string& other :
       {std::string(), std::string("#!/bin/sh\nexit 0\n"), bytes.substr(0, 63), elf32, big_endian}) {
    EXPECT_FALSE(Open(other));
  }
}

TEST_F(ElfFileTest, StringsEndInsideTheirSection) {
  const auto file = Open(ElfImage{.symbols = {{.name = "first"}, {.name = "second"}}}.Bytes());
  const Elf64_Shdr strings = file->SectionAt(4).value();
  EXPECT_EQ(file->StringAt(strings, 1, 100), "first");
  EXPECT_EQ(file->StringAt(strings, 7, 100), "second");
  EXPECT_EQ(file->StringAt(strings, 7, 3), "sec");
  EXPECT_EQ(file->StringAt(strings, strings.sh_size, 100), "");
  EXPECT_EQ(file->StringAt(strings, UINT64_MAX, 100), "");
  EXPECT_EQ(file->StringAt(file->SectionAt(1).value(), 0, 100), "") << "code is not strings";
}

TEST_F(ElfFileTest, SectionBehindTheLastIsAbsent) {
  const auto file = Open(ElfImage().Bytes());
  EXPECT_TRUE(file->SectionAt(4));
  EXPECT_FALSE(file->SectionAt(5));
  EXPECT_FALSE(file->SectionAt(UINT64_MAX));
  EXPECT_FALSE(file->FindSection(SHT_DYNSYM));
}

TEST_F(ElfFileTest, RecordsStopAtTheEndOfTheFile) {
  const auto file = Open(ElfImage().Bytes());
  int records = 0;
  file->ForEachRecord<uint64_t>(file->file().size_bytes() - 20, UINT64_MAX, [&](uint64_t) { return ++records > 0; });
  EXPECT_EQ(records, 2);
}

TEST_F(ElfFileTest, RecordsOfManyBlocksComeInOrder) {
  std::string bytes = ElfImage().Bytes();
  const uint64_t offset = bytes.size();
  constexpr uint64_t kRecords = 20000;
  for (uint64_t i = 0; i < kRecords; ++i) bytes += testing::BytesOf(i);
  uint64_t next = 0;
  Open(bytes)->ForEachRecord<uint64_t>(offset, kRecords, [&](uint64_t value) { return value == next++; });
  EXPECT_EQ(next, kRecords);
}

}  // namespace
}  // namespace headroom
