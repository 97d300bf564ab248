#include "debuginfo/module_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing::SizeIs;

// A real program with inlined calls and compressed debug information; expectations are llvm-symbolizer's answers.
constexpr const char* kProgram = HEADROOM_TEST_DATA "/leaky";
constexpr const char* kBuildId = "e2c67e2ca8c3fd99766e2f60c9407892efb8ad1d";
constexpr uint64_t kInSlowLeak = 0x1ad1;
constexpr uint64_t kInPut = 0x244e;

std::vector<std::string> Functions(const std::vector<CodeName>& names) {
  std::vector<std::string> functions;
  for (const CodeName& name : names) functions.push_back(name.function);
  return functions;
}

class ScratchDirectory {
 public:
  ScratchDirectory() : path_(std::filesystem::path(testing::TempDir()) / ("debuginfo" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(ModuleCode, AFunctionHasItsFileAndLine) {
  const std::vector<CodeName> names = ModuleCode(kProgram, kBuildId).At(kInSlowLeak);
  ASSERT_THAT(Functions(names), ElementsAre("app::slow_leak(int)"));
  EXPECT_THAT(names[0].file, EndsWith("/leaky.cpp"));
  EXPECT_EQ(names[0].line, 29);
}

TEST(ModuleCode, InlinedCallsComeFirstWithTheLinesOfTheirCalls) {
  const std::vector<CodeName> names = ModuleCode(kProgram, kBuildId).At(kInPut);
  ASSERT_THAT(names, SizeIs(2));
  EXPECT_EQ(names[0].line, 1080);
  EXPECT_THAT(names[0].file, EndsWith("/unique_ptr.h"));
  EXPECT_EQ(names[1].function, "app::Lru<char, 256ul>::put(unsigned long)");
  EXPECT_THAT(names[1].file, EndsWith("/leaky.cpp"));
  EXPECT_EQ(names[1].line, 31);
}

TEST(ModuleCode, DeepInliningIsUndoneInOrder) {
  const std::vector<CodeName> names = ModuleCode(kProgram, kBuildId).At(0x1818);
  ASSERT_THAT(names, SizeIs(8));
  EXPECT_EQ(names[6].function, "make_label");
  EXPECT_EQ(names[6].line, 27);
  EXPECT_EQ(names[7].function, "app::string_leak(int)");
  EXPECT_EQ(names[7].line, 28);
}

TEST(ModuleCode, WithoutABuildIdTheFileIsBelieved) {
  EXPECT_THAT(Functions(ModuleCode(kProgram, "").At(kInSlowLeak)), ElementsAre("app::slow_leak(int)"));
}

TEST(ModuleCode, AnotherBuildOfTheFileNamesNothing) {
  EXPECT_THAT(ModuleCode(kProgram, "c0ffee").At(kInSlowLeak), IsEmpty());
}

TEST(ModuleCode, MissingFilesAndStrayAddressesNameNothing) {
  EXPECT_THAT(ModuleCode("/no/such/file", kBuildId).At(kInSlowLeak), IsEmpty());
  EXPECT_THAT(ModuleCode(kProgram, kBuildId).At(0x7f0000000000), IsEmpty());
  EXPECT_THAT(ModuleCode(kProgram, kBuildId).At(0), IsEmpty());
}

TEST(ModuleCode, AFileThatIsNoObjectFileNamesNothing) {
  const ScratchDirectory scratch;
  const std::filesystem::path path = scratch.path() / "text";
  std::ofstream(path) << "not an object file";
  EXPECT_THAT(ModuleCode(path, "").At(kInSlowLeak), IsEmpty());
}

TEST(ModuleCode, ATruncatedFileNamesNothingOrSomething) {
  const ScratchDirectory scratch;
  const std::filesystem::path path = scratch.path() / "leaky";
  std::filesystem::copy_file(kProgram, path);
  for (const uintmax_t size : {40000u, 20000u, 5000u, 64u}) {
    std::filesystem::resize_file(path, size);
    EXPECT_LE(ModuleCode(path, "").At(kInSlowLeak).size(), 8u);
  }
}

TEST(ModuleCode, ASeparateDebugFileStandsInForAMissingProgram) {
  const ScratchDirectory scratch;
  const std::string id = kBuildId;
  const std::filesystem::path directory = scratch.path() / ".build-id" / id.substr(0, 2);
  std::filesystem::create_directories(directory);
  std::filesystem::copy_file(kProgram, directory / (id.substr(2) + ".debug"));
  const ModuleCode code("/no/such/file", kBuildId, scratch.path());
  EXPECT_THAT(Functions(code.At(kInSlowLeak)), ElementsAre("app::slow_leak(int)"));
}

TEST(ModuleCode, ADebuginfodServerStandsInForAMissingProgram) {
  const ScratchDirectory scratch;
  const std::filesystem::path directory = scratch.path() / "buildid" / kBuildId;
  std::filesystem::create_directories(directory);
  std::filesystem::copy_file(kProgram, directory / "debuginfo");
  setenv("DEBUGINFOD_URLS", ("file://" + scratch.path().string()).c_str(), 1);
  setenv("DEBUGINFOD_CACHE_PATH", (scratch.path() / "cache").c_str(), 1);
  const ModuleCode code("/no/such/file", kBuildId, scratch.path());
  unsetenv("DEBUGINFOD_URLS");
  EXPECT_THAT(Functions(code.At(kInSlowLeak)), ElementsAre("app::slow_leak(int)"));
}

}  // namespace
}  // namespace headroom
