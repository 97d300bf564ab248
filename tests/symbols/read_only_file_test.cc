#include "symbols/read_only_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "tests/symbols/fake_tree.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using testing::FakeTree;

std::vector<std::string> Lines(const std::string& path) {
  std::vector<std::string> lines;
  EXPECT_TRUE(ForEachLine(path, [&](std::string_view line) { lines.emplace_back(line); }));
  return lines;
}

TEST(ReadOnlyFile, BytesAreReadByPosition) {
  FakeTree tree;
  const uint64_t inode = tree.Write("/file", "0123456789");
  const auto file = ReadOnlyFile::Open(tree.root() + "/file");
  ASSERT_TRUE(file);
  char bytes[4] = {};
  EXPECT_TRUE(file->ReadAt(6, bytes, 4));
  EXPECT_EQ(std::string(bytes, 4), "6789");
  EXPECT_EQ(file->size_bytes(), 10u);
  EXPECT_EQ(file->inode(), inode);
}

TEST(ReadOnlyFile, NothingIsReadBeyondTheEnd) {
  FakeTree tree;
  tree.Write("/file", "0123456789");
  const auto file = ReadOnlyFile::Open(tree.root() + "/file");
  ASSERT_TRUE(file);
  char bytes[16];
  EXPECT_FALSE(file->ReadAt(7, bytes, 4));
  EXPECT_FALSE(file->ReadAt(11, bytes, 0));
  EXPECT_FALSE(file->ReadAt(UINT64_MAX, bytes, 4));
  EXPECT_FALSE(file->ReadAt(1, bytes, SIZE_MAX));
}

TEST(ReadOnlyFile, FileThatShrinksWhileOpenIsAnError) {
  FakeTree tree;
  tree.Write("/file", std::string(10000, 'x'));
  const auto file = ReadOnlyFile::Open(tree.root() + "/file");
  ASSERT_TRUE(file);
  std::filesystem::resize_file(tree.root() + "/file", 100);
  char bytes[16];
  EXPECT_FALSE(file->ReadAt(5000, bytes, sizeof(bytes)));
}

TEST(ReadOnlyFile, OnlyRegularFilesAreOpened) {
  FakeTree tree;
  ASSERT_EQ(mkfifo((tree.root() + "/pipe").c_str(), 0600), 0);
  for (const std::string& path :
       {tree.root() + "/missing", tree.root() + "/pipe", tree.root(), std::string("/dev/zero")}) {
    EXPECT_FALSE(ReadOnlyFile::Open(path)) << path;
  }
}

TEST(ReadOnlyFile, MovedFileStaysOpen) {
  FakeTree tree;
  tree.Write("/file", "0123");
  auto file = ReadOnlyFile::Open(tree.root() + "/file");
  ASSERT_TRUE(file);
  const ReadOnlyFile moved(std::move(*file));
  file.reset();
  char byte = 0;
  EXPECT_TRUE(moved.ReadAt(3, &byte, 1));
  EXPECT_EQ(byte, '3');
}

TEST(ForEachLine, LastLineNeedsNoNewline) {
  FakeTree tree;
  tree.Write("/lines", "one\n\nthree");
  EXPECT_THAT(Lines(tree.root() + "/lines"), ElementsAre("one", "", "three"));
}

TEST(ForEachLine, EmptyFileHasNoLine) {
  FakeTree tree;
  tree.Write("/lines", "");
  EXPECT_THAT(Lines(tree.root() + "/lines"), ElementsAre());
}

TEST(ForEachLine, LinesAcrossReadsAreWhole) {
  FakeTree tree;
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "line " + std::to_string(i) + "\n";
  tree.Write("/lines", text);
  const std::vector<std::string> lines = Lines(tree.root() + "/lines");
  ASSERT_EQ(lines.size(), 50000u);
  for (int i = 0; i < 50000; ++i) ASSERT_EQ(lines[i], "line " + std::to_string(i));
}

TEST(ForEachLine, EndlessLineComesInBoundedParts) {
  FakeTree tree;
  tree.Write("/lines", std::string(200 * 1024, 'x') + "\nnext\n");
  size_t total = 0;
  const std::vector<std::string> lines = Lines(tree.root() + "/lines");
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 64u * 1024);
    total += line.size();
  }
  EXPECT_EQ(total, 200u * 1024 + 4);
  EXPECT_EQ(lines.back(), "next");
}

TEST(ForEachLine, MissingFileIsReported) {
  EXPECT_FALSE(ForEachLine("/nonexistent/maps", [](std::string_view) { FAIL(); }));
}

}  // namespace
}  // namespace headroom
