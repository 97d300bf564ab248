#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>

#include "symbols/demangle.h"
#include "symbols/elf_symbols.h"
#include "tests/symbols/elf_image.h"
#include "tests/symbols/fake_tree.h"

namespace headroom {
namespace {

using testing::BytesOf;
using testing::ElfImage;
using testing::FakeTree;

constexpr uint64_t kCode = ElfImage::kCodeAddress;

// Files that are damaged or made to do harm. A crash, an endless loop (the alarm clock rings) or a sanitizer's report
// is the failure.
class HostileElf : public ::testing::Test {
 protected:
  HostileElf() : fd_(memfd_create("hostile", MFD_CLOEXEC)), path_("/proc/self/fd/" + std::to_string(fd_)) {
    alarm(300);
  }
  ~HostileElf() override {
    close(fd_);
    alarm(0);
  }

  std::string GoodBytes(uint32_t table_type = SHT_SYMTAB) const {
    return ElfImage{.symbols = {{"_ZN3net4sendEv", kCode, 0x20}, {"assembler", kCode + 0x40, 0}},
                    .table_type = table_type}
        .Bytes();
  }

  // Everything that is ever asked of a module's file; returns the names.
  std::vector<std::string> Ask(const std::string& bytes) {
    EXPECT_EQ(ftruncate(fd_, 0), 0);
    EXPECT_EQ(pwrite(fd_, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return AskFile();
  }
  std::vector<std::string> AskFile() const {
    const auto file = ElfFile::Open(path_);
    if (!file) return {};
    EXPECT_LE(file->CodeSegments().size(), 64u);
    EXPECT_LE(file->BuildId().size(), 128u);
    const std::vector<std::string> names = FunctionNames(*file, tree_.root(), {kCode + 8, kCode + 0x48, 0, UINT64_MAX});
    for (const std::string& name : names) EXPECT_LE(FunctionName(name).size(), kMaxFunctionNameBytes);
    return names;
  }

  FakeTree tree_;
  int fd_;  // in memory: many thousand files are written
  std::string path_;
};

TEST_F(HostileElf, TheUndamagedFileIsNamed) {
  EXPECT_EQ(Ask(GoodBytes()), (std::vector<std::string>{"_ZN3net4sendEv", "assembler", "", ""}));
}

TEST_F(HostileElf, TruncationAtEveryByteIsSurvived) {
  const std::string good = GoodBytes();
  for (size_t length = 0; length < good.size(); ++length) EXPECT_NE(Ask(good.substr(0, length)), Ask(good));
}

TEST_F(HostileElf, EveryFieldWithEveryAwkwardValueIsSurvived) {
  const uint64_t awkward[] = {0,
                              1,
                              7,
                              0x7fff,
                              0xffff,
                              0x7fffffff,
                              0xffffffff,
                              1ull << 40,
                              (1ull << 63) - 1,
                              1ull << 63,
                              UINT64_MAX - 63,
                              UINT64_MAX};
  std::set<std::vector<std::string>> outcomes;
  for (const uint32_t table_type : {SHT_SYMTAB, SHT_DYNSYM}) {
    const std::string good = GoodBytes(table_type);
    for (size_t position = 0; position + 8 <= good.size(); position += position < ElfImage::kCodeOffset ? 1 : 2) {
      for (const uint64_t value : awkward) {
        for (const size_t width : {2, 4, 8})
          outcomes.insert(Ask(std::string(good).replace(position, width, BytesOf(value), 0, width)));
      }
    }
  }
  EXPECT_GT(outcomes.size(), 5u) << "the damage must reach what is read";
}

TEST_F(HostileElf, RandomDamageIsSurvived) {
  std::mt19937_64 random(20121022);
  const std::string good = GoodBytes();
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = good;
    for (uint64_t hits = random() % 16 + 1; hits > 0; --hits)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    Ask(bytes);
  }
}

TEST_F(HostileElf, RandomBytesBehindAGoodMagicAreSurvived) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = GoodBytes().substr(0, EI_NIDENT);
    while (bytes.size() < 4096) bytes += BytesOf(random());
    Ask(bytes);
  }
}

TEST_F(HostileElf, SymbolTableThatClaimsATerabyteOfHolesEnds) {
  std::string bytes = GoodBytes();
  const size_t sections = bytes.size() - 5 * sizeof(Elf64_Shdr);
  const size_t table_bytes = sections + 3 * sizeof(Elf64_Shdr) + offsetof(Elf64_Shdr, sh_size);
  bytes.replace(table_bytes, 8, BytesOf(uint64_t{1} << 40));
  Ask(bytes);
  if (ftruncate(fd_, off_t{1} << 40) != 0) GTEST_SKIP() << "this file system has no sparse files";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(AskFile().size(), 4u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST_F(HostileElf, SectionCountInTheFirstSectionIsBounded) {
  std::string bytes = GoodBytes();
  const size_t sections = bytes.size() - 5 * sizeof(Elf64_Shdr);
  bytes.replace(offsetof(Elf64_Ehdr, e_shnum), 2, BytesOf(uint16_t{0}));
  bytes.replace(sections + offsetof(Elf64_Shdr, sh_size), 8, BytesOf(uint64_t{5}));
  EXPECT_EQ(Ask(bytes), Ask(GoodBytes())) << "the real count may stand there";
  bytes.replace(sections + offsetof(Elf64_Shdr, sh_size), 8, BytesOf(uint64_t{1} << 60));
  Ask(bytes);
  if (ftruncate(fd_, off_t{1} << 40) != 0) GTEST_SKIP() << "this file system has no sparse files";
  EXPECT_EQ(AskFile().size(), 4u);
}

}  // namespace
}  // namespace headroom
