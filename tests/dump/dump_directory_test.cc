#include "dump/dump_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/alarm/sinks/temporary_directory.h"
#include "tests/dump/example_heap.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;

constexpr int64_t kDeadPid = 999999999;  // above every number that the kernel gives

std::vector<std::string> NamesIn(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

TEST(DumpDirectory, DumpsAreNumberedWholeAndTheOwnersAlone) {
  TemporaryDirectory place;
  DumpDirectory directory(place / "dumps", "collectd", kDeadPid);
  ExampleHeap heap;
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(directory.Write(heap.View())) << directory.last_error();
  EXPECT_THAT(NamesIn(place / "dumps"), ElementsAre("collectd.999999999.000001.pb", "collectd.999999999.000002.pb"));
  const std::string path = place / "dumps/collectd.999999999.000002.pb";
  EXPECT_EQ(ReadWhole(path), heap.Dump());
  struct stat file;
  ASSERT_EQ(stat(path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
}

TEST(DumpDirectory, AProgramMayBeCalledAnything) {
  TemporaryDirectory place;
  DumpDirectory directory(place.path(), "../a b", kDeadPid);
  ASSERT_TRUE(directory.Write(ExampleHeap().View())) << directory.last_error();
  EXPECT_THAT(NamesIn(place.path()), ElementsAre("_.._a_b.999999999.000001.pb"));
}

TEST(DumpDirectory, WhatDeadProcessesOfTheProgramLeftCountsWhatOthersLeftStays) {
  TemporaryDirectory place;
  for (int i = 100; i < 500; ++i) WriteWhole(place / ("collectd.999999998.000" + std::to_string(i) + ".pb"), "old");
  const std::string alive = "collectd." + std::to_string(getpid()) + ".000001.pb";
  for (const std::string& name : {alive, std::string("collectd2.999999998.000001.pb"), std::string("notes.txt")}) {
    WriteWhole(place / name, "kept");
  }
  DumpDirectory directory(place.path(), "collectd", kDeadPid);
  ASSERT_TRUE(directory.Write(ExampleHeap().View()));
  const std::vector<std::string> names = NamesIn(place.path());
  EXPECT_EQ(names.size(), DumpSeries::kMostFiles + 3);
  for (const std::string& name : {alive, std::string("collectd2.999999998.000001.pb"), std::string("notes.txt")}) {
    EXPECT_THAT(names, ::testing::Contains(name));
  }
}

TEST(DumpDirectory, AProcessWithTheNumberOfADeadOneGoesOnCounting) {
  TemporaryDirectory place;
  WriteWhole(place / "collectd.999999999.000041.pb", "old");
  DumpDirectory directory(place.path(), "collectd", kDeadPid);
  ASSERT_TRUE(directory.Write(ExampleHeap().View()));
  EXPECT_THAT(NamesIn(place.path()), ElementsAre("collectd.999999999.000041.pb", "collectd.999999999.000042.pb"));
}

TEST(DumpDirectory, ALinkThatWaitsThereIsReplacedNotFollowed) {
  TemporaryDirectory place;
  WriteWhole(place / "precious", "precious");
  for (const char* name : {"/.collectd.999999999.tmp", "/collectd.999999999.000001.pb"}) {
    ASSERT_EQ(symlink((place / "precious").c_str(), (place.path() + name).c_str()), 0);
  }
  DumpDirectory directory(place.path(), "collectd", kDeadPid);
  ASSERT_TRUE(directory.Write(ExampleHeap().View()));
  EXPECT_EQ(ReadWhole(place / "precious"), "precious");
  EXPECT_FALSE(std::filesystem::is_symlink(place / "collectd.999999999.000001.pb"));
}

TEST(DumpDirectory, AFullDiskLeavesNothingHalf) {
  TemporaryDirectory place;
  DumpDirectory directory(place.path(), "collectd", kDeadPid);
  ExampleHeap heap;
  heap.AddCrowd(2000, 8);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit little{40000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &little);
  const bool written = directory.Write(heap.View());
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_FALSE(written);
  EXPECT_THAT(std::string(directory.last_error()), EndsWith("collectd.999999999.000001.pb: No space left on device"));
  EXPECT_THAT(NamesIn(place.path()), IsEmpty());
  EXPECT_TRUE(directory.Write(heap.View())) << "and works again when there is room";
}

TEST(DumpDirectory, ADirectoryRemovedMeanwhileIsAReason) {
  TemporaryDirectory place;
  DumpDirectory directory(place / "dumps", "collectd", kDeadPid);
  ASSERT_TRUE(directory.Write(ExampleHeap().View()));
  std::filesystem::remove_all(place / "dumps");
  EXPECT_FALSE(directory.Write(ExampleHeap().View()));
  EXPECT_THAT(std::string(directory.last_error()), EndsWith("000002.pb: No such file or directory"));
}

}  // namespace
}  // namespace headroom
