#include "analysis/read_ahead.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace headroom {
namespace {

class Collector : public DumpSink, public JoinedSink {
 public:
  void Take(Dump dump) override { found.push_back(std::to_string(static_cast<int>(*dump.time_s))); }
  void Take(JoinedDump dump) override { found.push_back(std::to_string(static_cast<int>(*dump.told_time_s))); }
  void Complain(ReadError error) override { found.push_back(error.message.substr(error.message.find(": "))); }

  std::vector<std::string> found;
};

class ReadAheadTest : public ::testing::Test {
 protected:
  ~ReadAheadTest() override { std::filesystem::remove_all(directory_); }

  // A series of so many dumps, whose times begin at `first`.
  std::string Series(int first, int dumps) {
    const std::string path = directory_ / std::to_string(first);
    std::ofstream file(path);
    for (int i = 0; i < dumps; ++i) file << R"({"time_s": )" << first + i << R"(, "sites": []})" << '\n';
    return path;
  }

  std::filesystem::path directory_ = [] {
    std::string name = ::testing::TempDir() + "read_ahead.XXXXXX";
    return std::filesystem::path(mkdtemp(name.data()));
  }();
};

TEST_F(ReadAheadTest, TellsWhatReadingOneByOneTells) {
  std::vector<std::string> paths;
  for (int i = 1; i <= 40; ++i) paths.push_back(Series(i * 1000, i % 7));
  paths.insert(paths.begin() + 20, directory_ / "missing");
  Collector alone, ahead;
  SiteBook book;
  ReadAhead reader(paths, 4, book);
  for (const std::string& path : paths) {
    const Format* format = ReadDumps(path, alone);
    EXPECT_EQ(reader.ReadNext(ahead), format) << path;
  }
  EXPECT_GT(alone.found.size(), 100u);
  EXPECT_EQ(ahead.found, alone.found);
}

TEST_F(ReadAheadTest, WhatNobodyTakesIsDropped) {
  std::vector<std::string> paths;
  for (int i = 1; i <= 40; ++i) paths.push_back(Series(i * 1000, 50));
  Collector collector;
  SiteBook book;
  ReadAhead reader(paths, 3, book);
  reader.ReadNext(collector);
  EXPECT_EQ(collector.found.size(), 50u);
}

}  // namespace
}  // namespace headroom
