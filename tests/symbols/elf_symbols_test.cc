#include "symbols/elf_symbols.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/symbols/elf_image.h"
#include "tests/symbols/fake_tree.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using testing::ElfImage;
using testing::FakeTree;

constexpr uint64_t kCode = ElfImage::kCodeAddress;

class ElfSymbolsTest : public ::testing::Test {
 protected:
  std::vector<std::string> Names(const ElfImage& image, const std::vector<uint64_t>& addresses) {
    tree_.Write("/object", image.Bytes());
    return FunctionNames(ElfFile::Open(tree_.root() + "/object").value(), tree_.root(), addresses);
  }

  FakeTree tree_;
};

TEST_F(ElfSymbolsTest, EnclosingFunctionIsNamed) {
  const ElfImage image{.symbols = {{"first", kCode, 0x20}, {"second", kCode + 0x20, 0x20}}};
  EXPECT_THAT(Names(image, {kCode + 0x30, kCode + 0x10, kCode + 0x50}), ElementsAre("second", "first", ""));
}

TEST_F(ElfSymbolsTest, DynamicSymbolsServeWhereThereIsNoOtherTable) {
  const ElfImage image{.symbols = {{"exported", kCode, 0x20}}, .table_type = SHT_DYNSYM};
  EXPECT_THAT(Names(image, {kCode + 0x10}), ElementsAre("exported"));
}

TEST_F(ElfSymbolsTest, StrippedFileIsNamedFromItsDebugFile) {
  const ElfImage debug{.symbols = {{"hidden", kCode, 0x20}}};
  tree_.Write("/usr/lib/debug/.build-id/12/34abcd.debug", debug.Bytes());
  const ElfImage stripped{.symbols = {{"exported", kCode + 0x20, 0x20}}, .table_type = SHT_DYNSYM};
  EXPECT_THAT(Names(stripped, {kCode + 0x10, kCode + 0x30}), ElementsAre("hidden", "exported"));
}

TEST_F(ElfSymbolsTest, DebugFileOfAnotherBuildIsNotUsed) {
  tree_.Write("/usr/lib/debug/.build-id/12/34abcd.debug", ElfImage{.symbols = {{"hidden", kCode, 0x20}}}.Bytes());
  const ElfImage stripped{.table_type = SHT_DYNSYM, .build_id = "\x12\x34\xab\xce"};
  EXPECT_THAT(Names(stripped, {kCode + 0x10}), ElementsAre(""));
}

TEST_F(ElfSymbolsTest, UnsizedFunctionEndsWithItsSection) {
  const ElfImage image{.symbols = {{"assembler", kCode + 0xf0, 0}}};
  EXPECT_THAT(Names(image, {kCode + 0xf8, kCode + 0x108}), ElementsAre("assembler", ""));
}

TEST_F(ElfSymbolsTest, ManySymbolsAreSearchedInOnePass) {
  ElfImage image;
  for (int i = 0; i < 100000; ++i) {
    const uint64_t scattered = static_cast<uint64_t>(i) * 48271 % 100000;
    image.symbols.push_back({"f" + std::to_string(scattered), kCode + scattered * 16, 16});
  }
  EXPECT_THAT(Names(image, {kCode + 99999 * 16 + 8, kCode + 8, kCode + 50000 * 16}),
              ElementsAre("f99999", "f0", "f50000"));
}

TEST_F(ElfSymbolsTest, EndlessNameIsCut) {
  const ElfImage image{.symbols = {{std::string(1 << 20, 'x'), kCode, 0x20}}};
  EXPECT_THAT(Names(image, {kCode}), ElementsAre(std::string(4096, 'x')));
}

TEST_F(ElfSymbolsTest, NoAddressesHaveNoNames) { EXPECT_THAT(Names(ElfImage(), {}), ElementsAre()); }

}  // namespace
}  // namespace headroom
