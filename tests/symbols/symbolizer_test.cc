#include "symbols/symbolizer.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <link.h>
#include <sys/resource.h>
#include <unwind.h>

#include <thread>

#include "symbols/site_id.h"
#include "tests/symbols/elf_image.h"
#include "tests/symbols/fake_tree.h"

// Outside of every anonymous namespace, so that the name is what a daemon's function looks like.
namespace storage_agent {

_Unwind_Reason_Code AddAddress(_Unwind_Context* frame, void* stack) {
  static_cast<std::vector<uint64_t>*>(stack)->push_back(_Unwind_GetIP(frame));
  return _URC_NO_REASON;
}

class Session {
 public:
  [[gnu::noinline]] std::vector<uint64_t> ReturnAddresses() const {
    std::vector<uint64_t> stack;
    _Unwind_Backtrace(&AddAddress, &stack);
    return stack;
  }
};

[[gnu::noinline]] std::vector<uint64_t> Deliver(const Session& session) {
  std::vector<uint64_t> stack = session.ReturnAddresses();
  stack.shrink_to_fit();
  return stack;
}

}  // namespace storage_agent

namespace headroom {
namespace {

using ::testing::Contains;
using ::testing::Each;
using testing::ElfImage;
using testing::FakeTree;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> Functions(const std::vector<Frame>& frames) {
  std::vector<std::string> functions;
  for (const Frame& frame : frames) functions.push_back(frame.function);
  return functions;
}

TEST(SymbolizerOfThisProcess, StackIsNamedInnermostFirst) {
  Symbolizer symbolizer;
  const std::vector<Frame> frames = symbolizer.Symbolize(storage_agent::Deliver({}));
  ASSERT_GE(frames.size(), 3u);
  const std::vector<std::string> functions = Functions(frames);
  EXPECT_THAT(functions[0], StartsWith("storage_agent::Session::ReturnAddresses() const"));
  EXPECT_THAT(functions[1], StartsWith("storage_agent::Deliver(storage_agent::Session const&)"));
  EXPECT_THAT(functions, Contains("main"));
}

TEST(SymbolizerOfThisProcess, FramesCarryModuleBuildIdAndOffset) {
  Symbolizer symbolizer;
  const std::vector<Frame> frames = symbolizer.Symbolize(storage_agent::Deliver({}));
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  EXPECT_EQ(frames[0].module, program);
  EXPECT_NE(frames[0].offset, 0u);
  EXPECT_EQ(frames[0].file, "");
  EXPECT_EQ(frames[0].line, 0);
  EXPECT_THAT(frames, Contains(Field(&Frame::module, HasSubstr("libc.so"))));
}

TEST(SymbolizerOfThisProcess, FunctionOfALibraryIsNamedFromItsDynamicSymbols) {
  Symbolizer symbolizer;
  const uint64_t inside[] = {reinterpret_cast<uint64_t>(dlsym(RTLD_DEFAULT, "getaddrinfo")) + 1};
  EXPECT_EQ(symbolizer.Symbolize(inside).at(0).function, "getaddrinfo");
}

TEST(SymbolizerOfThisProcess, CallAtTheVeryEndBelongsToItsFunction) {
  Dl_info info;
  const ElfW(Sym)* symbol = nullptr;
  void* const code = dlsym(RTLD_DEFAULT, "abort");
  ASSERT_NE(dladdr1(code, &info, reinterpret_cast<void**>(const_cast<ElfW(Sym)**>(&symbol)), RTLD_DL_SYMENT), 0);
  const uint64_t end[] = {reinterpret_cast<uint64_t>(code) + symbol->st_size};
  Symbolizer symbolizer;
  EXPECT_EQ(symbolizer.Symbolize(end).at(0).function, "abort");
}

TEST(SymbolizerOfThisProcess, AllocatorEntryPointIsDropped) {
  Symbolizer symbolizer;
  std::vector<uint64_t> stack = storage_agent::Deliver({});
  stack.insert(stack.begin(),
               reinterpret_cast<uint64_t>(dlsym(dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD), "malloc")) + 1);
  EXPECT_THAT(Functions(symbolizer.Symbolize(stack)).at(0), HasSubstr("Session"));
}

TEST(SymbolizerOfThisProcess, SecondTimeGivesTheSame) {
  Symbolizer symbolizer;
  const std::vector<uint64_t> stack = storage_agent::Deliver({});
  const std::vector<Frame> first = symbolizer.Symbolize(stack), second = symbolizer.Symbolize(stack);
  EXPECT_EQ(Functions(first), Functions(second));
  EXPECT_EQ(StableSiteId(first), StableSiteId(second));
}

TEST(SymbolizerOfThisProcess, WhatCouldNotBeOpenedForLackOfDescriptorsIsNamedLater) {
  Symbolizer symbolizer;
  const std::vector<uint64_t> stack = storage_agent::Deliver({});
  rlimit descriptors;
  getrlimit(RLIMIT_NOFILE, &descriptors);
  const rlimit none{0, descriptors.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  const std::vector<Frame> nameless = symbolizer.Symbolize(stack);
  setrlimit(RLIMIT_NOFILE, &descriptors);
  EXPECT_THAT(Functions(nameless), Each(""));
  const std::vector<Frame> named = symbolizer.Symbolize(stack);
  EXPECT_THAT(Functions(named), Contains("main"));
  EXPECT_THAT(named.front(), Field(&Frame::build_id, Not("")));
}

TEST(SymbolizerOfThisProcess, LibraryLoadedLaterIsNamed) {
  Symbolizer symbolizer;
  symbolizer.Symbolize(storage_agent::Deliver({}));
  void* const library = dlopen("libthread_db.so.1", RTLD_LAZY);
  ASSERT_NE(library, nullptr) << dlerror();
  const uint64_t inside[] = {reinterpret_cast<uint64_t>(dlsym(library, "td_init")) + 1};
  EXPECT_TRUE(symbolizer.Refresh());
  EXPECT_EQ(symbolizer.Symbolize(inside).at(0).function, "td_init");
  dlclose(library);
  EXPECT_TRUE(symbolizer.Refresh());
  EXPECT_EQ(symbolizer.Symbolize(inside).at(0).function, "td_init") << "as long as no other library is there";
}

TEST(SymbolizerOfThisProcess, WorksWhileTheLoaderIsBusyInAnotherThread) {
  const std::vector<uint64_t> stack = storage_agent::Deliver({});
  std::vector<std::string> functions;
  // The callback runs under the loader lock.
  const auto symbolize_elsewhere = [](dl_phdr_info*, size_t, void* argument) {
    const auto work = *static_cast<std::function<void()>*>(argument);
    std::thread(work).join();
    return 1;
  };
  std::function<void()> work = [&] { functions = Functions(Symbolizer().Symbolize(stack)); };
  dl_iterate_phdr(symbolize_elsewhere, &work);
  EXPECT_THAT(functions, Contains("main"));
}

TEST(SymbolizerOfThisProcess, AddressesOutsideOfEveryFileHaveNoModule) {
  Symbolizer symbolizer;
  const uint64_t nowhere[] = {0x10, 1, 0, UINT64_MAX};
  const std::vector<Frame> frames = symbolizer.Symbolize(nowhere);
  ASSERT_EQ(frames.size(), 4u);
  EXPECT_THAT(frames, Each(Field(&Frame::module, "")));
  EXPECT_EQ(frames[0].offset, 0xfu);
}

TEST(SymbolizerOfThisProcess, DepthIsBounded) {
  Symbolizer symbolizer;
  EXPECT_EQ(symbolizer.Symbolize(std::vector<uint64_t>(100000, 0x10)).size(), Symbolizer::kMaxFrames);
  EXPECT_TRUE(symbolizer.Symbolize({}).empty());
}

TEST(SymbolizerOfThisProcess, MoreStacksThanTheCacheHoldsAreStillRight) {
  Symbolizer symbolizer;
  const std::vector<uint64_t> stack = storage_agent::Deliver({});
  for (uint64_t round = 0; round < 20; ++round) {
    std::vector<uint64_t> others;
    for (uint64_t i = 1; i <= 200; ++i) others.push_back(round * 1000 + i);
    symbolizer.Symbolize(others);
    ASSERT_THAT(Functions(symbolizer.Symbolize(stack)), Contains("main"));
  }
}

class SymbolizerOfAFakeTree : public ::testing::Test {
 protected:
  static constexpr uint64_t kCall = 0x7f0000000000 + ElfImage::kCodeOffset + 0x10;

  void Map(uint64_t inode, const std::string& path) {
    tree_.WriteMaps("7f0000000000-7f0000001000 r-xp 00000000 fe:00 " + std::to_string(inode) + "    " + path + "\n");
  }
  Frame CallFrame(Symbolizer* symbolizer) {
    const uint64_t return_address[] = {kCall + 1};
    const std::vector<Frame> frames = symbolizer->Symbolize(return_address);
    return frames.empty() ? Frame() : frames[0];
  }

  FakeTree tree_;
  const ElfImage image_{.symbols = {{"_ZN6Report4SendEv", ElfImage::kCodeAddress, 0x20}}};
};

TEST_F(SymbolizerOfAFakeTree, FrameIsComplete) {
  Map(tree_.Write("/bin/daemon", image_.Bytes()), "/bin/daemon");
  Symbolizer symbolizer(tree_.root());
  const Frame frame = CallFrame(&symbolizer);
  EXPECT_EQ(frame.function, "Report::Send()");
  EXPECT_EQ(frame.module, "/bin/daemon");
  EXPECT_EQ(frame.build_id, "1234abcd");
  EXPECT_EQ(frame.offset, ElfImage::kCodeAddress + 0x10);
}

TEST_F(SymbolizerOfAFakeTree, NamesKnownBeforeAChrootStay) {
  Map(tree_.Write("/bin/daemon", image_.Bytes()), "/bin/daemon");
  Symbolizer symbolizer(tree_.root());
  CallFrame(&symbolizer);
  tree_.Remove("/bin/daemon");
  tree_.Remove("/proc/self/maps");
  EXPECT_FALSE(symbolizer.Refresh());
  EXPECT_EQ(CallFrame(&symbolizer).function, "Report::Send()");
}

TEST_F(SymbolizerOfAFakeTree, AfterAChrootTheModuleIsStillGiven) {
  Map(tree_.Write("/bin/daemon", image_.Bytes()), "/bin/daemon");
  Symbolizer symbolizer(tree_.root());
  tree_.Remove("/bin/daemon");
  tree_.Remove("/proc/self/maps");
  EXPECT_FALSE(symbolizer.Refresh());
  const Frame frame = CallFrame(&symbolizer);
  EXPECT_EQ(frame.module, "/bin/daemon");
  EXPECT_EQ(frame.function, "");
}

TEST_F(SymbolizerOfAFakeTree, DamagedFileGivesTheModuleWithoutAName) {
  Map(tree_.Write("/bin/daemon", image_.Bytes().substr(0, 300)), "/bin/daemon");
  Symbolizer symbolizer(tree_.root());
  EXPECT_EQ(CallFrame(&symbolizer).module, "/bin/daemon");
  EXPECT_EQ(CallFrame(&symbolizer).function, "");
}

TEST_F(SymbolizerOfAFakeTree, AgentsOwnFramesAreDropped) {
  Map(tree_.Write("/opt/libheadroom_preload.so", image_.Bytes()), "/opt/libheadroom_preload.so");
  Symbolizer symbolizer(tree_.root());
  const uint64_t stack[] = {kCall + 1, 0x5000};
  const std::vector<Frame> frames = symbolizer.Symbolize(stack);
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].offset, 0x4fffu);
}

TEST_F(SymbolizerOfAFakeTree, OtherLibraryAtTheSameAddressIsNamedAnew) {
  Map(tree_.Write("/lib/old", image_.Bytes()), "/lib/old");
  Symbolizer symbolizer(tree_.root());
  EXPECT_EQ(CallFrame(&symbolizer).function, "Report::Send()");
  const ElfImage other{.symbols = {{"other", ElfImage::kCodeAddress, 0x20}}};
  Map(tree_.Write("/lib/new", other.Bytes()), "/lib/new");
  EXPECT_EQ(CallFrame(&symbolizer).function, "Report::Send()") << "not before the caller asks";
  EXPECT_TRUE(symbolizer.Refresh());
  EXPECT_EQ(CallFrame(&symbolizer).function, "other");
}

}  // namespace
}  // namespace headroom
