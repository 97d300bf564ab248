#include "symbols/module_map.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include "tests/symbols/elf_image.h"
#include "tests/symbols/fake_tree.h"

namespace headroom {
namespace {

using testing::ElfImage;
using testing::FakeTree;

constexpr uint64_t kBase = 0x7f0000000000;

std::string CodeLine(const std::string& range, const std::string& file_offset, uint64_t inode,
                     const std::string& path) {
  return range + " r-xp " + file_offset + " fe:00 " + std::to_string(inode) + "    " + path + "\n";
}

uint64_t AddressOf(const void* code) { return reinterpret_cast<uint64_t>(code); }

TEST(ModuleMapOfThisProcess, OwnFunctionIsInTheProgram) {
  ModuleMap map;
  ASSERT_TRUE(map.Refresh());
  const auto location = map.Lookup(AddressOf(reinterpret_cast<void*>(&AddressOf)));
  ASSERT_TRUE(location);
  EXPECT_EQ(location->module->path, std::filesystem::read_symlink("/proc/self/exe").string());
  EXPECT_FALSE(location->module->deleted);
}

TEST(ModuleMapOfThisProcess, OffsetIsTheSymbolsValueInLibc) {
  ModuleMap map;
  map.Refresh();
  Dl_info info;
  void* const code = dlsym(dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD), "strtol");
  ASSERT_NE(dladdr(code, &info), 0);
  const auto location = map.Lookup(AddressOf(code));
  ASSERT_TRUE(location);
  EXPECT_NE(location->module->path.find("libc.so"), std::string::npos);
  EXPECT_EQ(location->offset, AddressOf(code) - AddressOf(info.dli_fbase));
  EXPECT_EQ(location->module->build_id.size(), 40u);
}

TEST(ModuleMapOfThisProcess, KernelsOwnCodeIsNamed) {
  const uint64_t vdso = getauxval(AT_SYSINFO_EHDR);
  if (vdso == 0) GTEST_SKIP() << "this kernel has no vdso";
  ModuleMap map;
  map.Refresh();
  const auto location = map.Lookup(vdso + 0x10);
  ASSERT_TRUE(location);
  EXPECT_EQ(location->module->path, "[vdso]");
  EXPECT_EQ(location->offset, 0x10u);
  EXPECT_FALSE(map.Open(*location->module));
}

TEST(ModuleMapOfThisProcess, HeapAndStackHaveNoModule) {
  ModuleMap map;
  map.Refresh();
  const auto on_heap = std::make_unique<int>();
  int on_stack = 0;
  for (const uint64_t address : {AddressOf(on_heap.get()), AddressOf(&on_stack), uint64_t{0}, UINT64_MAX}) {
    EXPECT_FALSE(map.Lookup(address)) << address;
  }
}

TEST(ModuleMapOfThisProcess, LoadingAndUnloadingALibraryIsSeen) {
  ModuleMap map;
  EXPECT_EQ(map.generation(), 0u);
  EXPECT_TRUE(map.Refresh());
  const uint64_t before = map.generation();
  EXPECT_FALSE(map.Refresh());
  void* const library = dlopen("libthread_db.so.1", RTLD_LAZY);
  ASSERT_NE(library, nullptr) << dlerror();
  void* const code = dlsym(library, "td_init");
  EXPECT_TRUE(map.Refresh());
  EXPECT_NE(map.generation(), before);
  EXPECT_TRUE(map.Lookup(AddressOf(code)));
  dlclose(library);
  EXPECT_TRUE(map.Refresh());
  EXPECT_EQ(map.generation(), before);
  EXPECT_TRUE(map.moved().empty());
  EXPECT_TRUE(map.Lookup(AddressOf(code))) << "as long as no other code is there";
}

TEST(ModuleMapOfThisProcess, DataMappingsDoNotChangeTheGeneration) {
  ModuleMap map;
  map.Refresh();
  void* const pages = mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(pages, MAP_FAILED);
  EXPECT_FALSE(map.Refresh());
  munmap(pages, 1 << 20);
}

class ModuleMapOfAFakeTree : public ::testing::Test {
 protected:
  ModuleMapOfAFakeTree() : map_(tree_.root()), inode_(tree_.Write("/lib/object", ElfImage().Bytes())) {}

  CodeLocation Find(uint64_t address) {
    const auto location = map_.Lookup(address);
    EXPECT_TRUE(location) << std::hex << address;
    static const Module kNone;
    return location.value_or(CodeLocation{&kNone, 0});
  }

  FakeTree tree_;
  ModuleMap map_;
  uint64_t inode_;
};

TEST_F(ModuleMapOfAFakeTree, ProgramHeadersGiveTheVirtualAddress) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object"));
  map_.Refresh();
  EXPECT_EQ(Find(kBase + ElfImage::kCodeOffset + 0x42).offset, ElfImage::kCodeAddress + 0x42);
  EXPECT_EQ(Find(kBase + ElfImage::kCodeOffset).module->build_id, "1234abcd");
}

TEST_F(ModuleMapOfAFakeTree, OffsetOfTheMappingCounts) {
  ElfImage image;
  std::string bytes = image.Bytes();
  const uint64_t far = 0x5200;
  bytes.replace(sizeof(Elf64_Ehdr) + offsetof(Elf64_Phdr, p_offset), 8, testing::BytesOf(far));
  inode_ = tree_.Write("/lib/object", bytes);
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "5000", inode_, "/lib/object"));
  map_.Refresh();
  EXPECT_EQ(Find(kBase + 0x242).offset, ElfImage::kCodeAddress + 0x42);
}

TEST_F(ModuleMapOfAFakeTree, FileLoadedTwiceIsOneModule) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object") +
                  CodeLine("7f0000100000-7f0000101000", "0", inode_, "/lib/object"));
  map_.Refresh();
  const CodeLocation first = Find(kBase + ElfImage::kCodeOffset),
                     second = Find(kBase + 0x100000 + ElfImage::kCodeOffset);
  EXPECT_EQ(first.module, second.module);
  EXPECT_EQ(first.offset, second.offset);
}

TEST_F(ModuleMapOfAFakeTree, EdgesOfAMappingAreExact) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object"));
  map_.Refresh();
  EXPECT_FALSE(map_.Lookup(kBase - 1));
  EXPECT_TRUE(map_.Lookup(kBase));
  EXPECT_TRUE(map_.Lookup(kBase + 0xfff));
  EXPECT_FALSE(map_.Lookup(kBase + 0x1000));
}

TEST_F(ModuleMapOfAFakeTree, MissingFileStillNamesTheModule) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "3000", 99, "/lib/outside the chroot.so"));
  map_.Refresh();
  const CodeLocation location = Find(kBase + 0x10);
  EXPECT_EQ(location.module->path, "/lib/outside the chroot.so");
  EXPECT_EQ(location.module->build_id, "");
  EXPECT_EQ(location.offset, 0x3010u) << "the offset in the file";
}

TEST_F(ModuleMapOfAFakeTree, AnotherFileUnderThePathIsNotBelieved) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_ + 1, "/lib/object"));
  map_.Refresh();
  EXPECT_EQ(Find(kBase).module->build_id, "");
  EXPECT_FALSE(map_.Open(*Find(kBase).module));
}

TEST_F(ModuleMapOfAFakeTree, OverlayBitsAboveTheInodeNumberAreNoOtherFile) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_ | (uint64_t{3} << 61), "/lib/object"));
  map_.Refresh();
  EXPECT_EQ(Find(kBase).module->build_id, "1234abcd");
}

TEST_F(ModuleMapOfAFakeTree, ReplacedProgramIsReadBehindProcSelfExe) {
  std::filesystem::create_directories(tree_.root() + "/proc/self");
  std::filesystem::create_hard_link(tree_.root() + "/lib/object", tree_.root() + "/proc/self/exe");
  tree_.Write("/lib/object", ElfImage{.build_id = "new!"}.Bytes());
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object (deleted)"));
  map_.Refresh();
  EXPECT_EQ(Find(kBase).module->path, "/lib/object");
  EXPECT_TRUE(Find(kBase).module->deleted);
  EXPECT_EQ(Find(kBase).module->build_id, "1234abcd");
}

TEST_F(ModuleMapOfAFakeTree, WhatIsKnownOfALibraryOutlivesItsFile) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object"));
  map_.Refresh();
  EXPECT_EQ(Find(kBase).module->build_id, "1234abcd");
  tree_.Remove("/lib/object");
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object (deleted)") +
                  CodeLine("7f0000100000-7f0000101000", "0", 99, "/lib/later"));
  EXPECT_TRUE(map_.Refresh());
  const CodeLocation location = Find(kBase + ElfImage::kCodeOffset);
  EXPECT_EQ(location.module->build_id, "1234abcd");
  EXPECT_EQ(location.offset, ElfImage::kCodeAddress);
}

TEST_F(ModuleMapOfAFakeTree, UnloadedCodeIsFoundWhereItWasUntilOtherCodeComesThereAndThenElsewhere) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object"));
  map_.Refresh();
  tree_.WriteMaps("");
  EXPECT_TRUE(map_.Refresh());
  EXPECT_EQ(Find(kBase + ElfImage::kCodeOffset).module->build_id, "1234abcd");
  EXPECT_TRUE(map_.moved().empty());
  tree_.WriteMaps(CodeLine("7f0000000800-7f0000002000", "0", 99, "/lib/other"));
  EXPECT_TRUE(map_.Refresh());
  ASSERT_EQ(map_.moved().size(), 1u);
  const MovedCode moved = map_.moved()[0];
  EXPECT_EQ(moved.start, kBase);
  EXPECT_EQ(moved.end, kBase + 0x1000);
  EXPECT_EQ(Find(moved.place + ElfImage::kCodeOffset).offset, ElfImage::kCodeAddress);
  EXPECT_EQ(Find(moved.place + 0xfff).module->path, "/lib/object");
  EXPECT_EQ(Find(kBase + 0x900).module->path, "/lib/other");
  EXPECT_FALSE(map_.Lookup(kBase)) << "what it had there before";
  const std::vector<MappedCode> code = map_.Code();
  ASSERT_EQ(code.size(), 2u);
  EXPECT_EQ(code[1].start, moved.place);
  tree_.WriteMaps(CodeLine("7f0000000800-7f0000002000", "0", 99, "/lib/other") +
                  CodeLine("7f0000100000-7f0000101000", "0", 98, "/lib/third"));
  EXPECT_TRUE(map_.Refresh());
  EXPECT_TRUE(map_.moved().empty());
  EXPECT_EQ(Find(moved.place).module->path, "/lib/object");
}

TEST_F(ModuleMapOfAFakeTree, CodeThatIsLoadedAgainOrCutStaysWhereItIs) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000002000", "0", inode_, "/lib/object"));
  map_.Refresh();
  tree_.WriteMaps("");
  map_.Refresh();
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object") +
                  CodeLine("7f0000001000-7f0000002000", "1000", inode_, "/lib/object"));
  EXPECT_TRUE(map_.Refresh());
  EXPECT_TRUE(map_.moved().empty());
  EXPECT_EQ(map_.Code().size(), 2u);
}

TEST_F(ModuleMapOfAFakeTree, OfUnloadedCodeTheLastIsKept) {
  for (size_t i = 0; i < 2 * ModuleMap::kMaxUnloaded; ++i) {
    tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", i + 1, "/lib/" + std::to_string(i)));
    EXPECT_TRUE(map_.Refresh());
  }
  EXPECT_EQ(map_.Code().size(), ModuleMap::kMaxUnloaded + 1);
  EXPECT_EQ(map_.Code().back().module->path, "/lib/" + std::to_string(2 * ModuleMap::kMaxUnloaded - 2));
}

TEST_F(ModuleMapOfAFakeTree, DeletionAloneIsNoNewGeneration) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object"));
  map_.Refresh();
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object (deleted)"));
  EXPECT_FALSE(map_.Refresh());
}

TEST_F(ModuleMapOfAFakeTree, UnreadableMapsLeaveWhatWasKnown) {
  tree_.WriteMaps(CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object"));
  map_.Refresh();
  tree_.Remove("/proc/self/maps");
  EXPECT_FALSE(map_.Refresh());
  EXPECT_TRUE(map_.Lookup(kBase));
}

TEST_F(ModuleMapOfAFakeTree, LinesThatAreNoCodeOrNoSenseAreSkipped) {
  tree_.WriteMaps("garbage\n\n7f0000200000-7f0000201000 r--p 00000000 fe:00 7    /lib/data\n" +
                  CodeLine("7f0000000000-7f0000001000", "0", inode_, "/lib/object") +
                  CodeLine("7f0000300000-7f0000301000", "0", 0, "[heap]"));
  map_.Refresh();
  EXPECT_TRUE(map_.Lookup(kBase));
  EXPECT_FALSE(map_.Lookup(0x7f0000200000));
  EXPECT_FALSE(map_.Lookup(0x7f0000300000));
}

}  // namespace
}  // namespace headroom
