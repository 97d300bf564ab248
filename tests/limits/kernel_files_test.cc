#include "limits/kernel_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "tests/limits/fake_root.h"

namespace headroom {
namespace {

using testing::Optional;

constexpr KernelPath kFile{"/dir", "file"};

class KernelFilesTest : public testing::Test {
 protected:
  void Write(std::string_view text) { root_.Write("/dir/file", text); }

  std::optional<uint64_t> Field1(FieldForm form, std::string_view key) {
    Field field{key};
    files_.Fields(kFile, form, {&field, 1});
    return field.value;
  }

  FakeRoot root_;
  KernelFiles files_{root_.path()};
};

TEST(ParseAmount, TakesNumbersAndTheWordsForNoLimit) {
  EXPECT_THAT(ParseAmount("0"), Optional(0u));
  EXPECT_THAT(ParseAmount("18446744073709551614"), Optional(18446744073709551614u));
  EXPECT_THAT(ParseAmount("max"), Optional(kUnlimited));
  EXPECT_THAT(ParseAmount("unlimited"), Optional(kUnlimited));
}

TEST(ParseAmount, RejectsWhatIsNotOneNumber) {
  for (const char* word : {"", "-1", "+1", " 1", "1 ", "1k", "0x10", "1.5", "maximum", "18446744073709551616",
                           "99999999999999999999999999999999"}) {
    EXPECT_FALSE(ParseAmount(word)) << word;
  }
}

TEST_F(KernelFilesTest, AmountIsTheNumberOfTheFile) {
  Write("104857600\n");
  EXPECT_THAT(files_.Amount(kFile), Optional(104857600u));
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(KernelFilesTest, MissingFileIsNoComplaint) {
  EXPECT_FALSE(files_.Amount(kFile));
  EXPECT_FALSE(Field1(FieldForm::kPlain, "key"));
  EXPECT_EQ(files_.complaint(), "");
}

TEST_F(KernelFilesTest, AmountThatCannotBeUnderstoodIsAComplaintThatNamesThePlace) {
  for (const char* text : {"", "\n", "1073", "many\n", "99999999999999999999\n", "\xff\xfe\n"}) {
    files_.ClearComplaint();
    Write(text);
    EXPECT_FALSE(files_.Amount(kFile)) << text;
    EXPECT_EQ(files_.complaint(), "/dir/file: expected a number or max") << text;
  }
}

TEST_F(KernelFilesTest, FileThatCannotBeOpenedIsAComplaintWithItsErrno) {
  root_.Write("/dir/other", "");
  ASSERT_EQ(symlink("file", (root_.path() + "/dir/file").c_str()), 0);
  EXPECT_FALSE(files_.Amount(kFile));
  EXPECT_EQ(files_.complaint(), "/dir/file: expected to be readable, errno " + std::to_string(ELOOP));
}

TEST_F(KernelFilesTest, PathThatIsTooLongIsAMissingFile) {
  const std::string directory = "/" + std::string(5000, 'd');
  EXPECT_FALSE(files_.Amount({directory, "file"}));
  EXPECT_FALSE(files_.Exists({directory, "file"}));
}

TEST_F(KernelFilesTest, FirstComplaintIsKept) {
  files_.Complain({"/a", "b"}, "this");
  files_.Complain({"/c", "d"}, "that");
  EXPECT_EQ(files_.complaint(), "/a/b: expected this");
}

TEST_F(KernelFilesTest, PlainFieldsAreFoundByTheirWholeKey) {
  Write("total_inactive_file 1\ninactive_file_x 2\ninactive_file7\ninactive_file 3\ninactive_file 4\n");
  EXPECT_THAT(Field1(FieldForm::kPlain, "inactive_file"), Optional(3u));
}

TEST_F(KernelFilesTest, KibibytesBecomeBytes) {
  Write("VmPeak:\t       9 kB\nVmSize:\t    3840 kB\n");
  EXPECT_THAT(Field1(FieldForm::kKibibytes, "VmSize:"), Optional(3840u * 1024));
}

TEST_F(KernelFilesTest, ColumnsGiveTheFirstOne) {
  Write("Max data size             4096                 unlimited            bytes     \n");
  EXPECT_THAT(Field1(FieldForm::kColumns, "Max data size"), Optional(4096u));
}

TEST_F(KernelFilesTest, FieldInAnotherFormIsMissing) {
  const struct {
    FieldForm form;
    const char* text;
  } cases[] = {{FieldForm::kPlain, "key 12 kB\n"},      {FieldForm::kPlain, "key\n"},
               {FieldForm::kPlain, "key \n"},           {FieldForm::kPlain, "key 12"},
               {FieldForm::kKibibytes, "key 12\n"},     {FieldForm::kKibibytes, "key 12 MB\n"},
               {FieldForm::kKibibytes, "key max kB\n"}, {FieldForm::kKibibytes, "key 18446744073709551615 kB\n"},
               {FieldForm::kColumns, "key 12\n"},       {FieldForm::kColumns, "key twelve  12  bytes\n"}};
  for (const auto& c : cases) {
    files_.ClearComplaint();
    Write(c.text);
    EXPECT_FALSE(Field1(c.form, "key")) << c.text;
    EXPECT_EQ(files_.complaint(), "/dir/file: expected key") << c.text;
  }
}

TEST_F(KernelFilesTest, FieldsThatAreThereAreFilledInNextToOnesThatAreMissing) {
  Write("one 1\nthree 3\n");
  Field fields[] = {{"one"}, {"two"}, {"three"}};
  EXPECT_FALSE(files_.Fields(kFile, FieldForm::kPlain, fields));
  EXPECT_THAT(fields[0].value, Optional(1u));
  EXPECT_FALSE(fields[1].value);
  EXPECT_THAT(fields[2].value, Optional(3u));
  EXPECT_EQ(files_.complaint(), "/dir/file: expected two");
}

TEST(KernelFiles, RootPrefixStandsBeforeEveryPath) {
  FakeRoot root;
  root.Write("/proc/only_here", "7\n");
  KernelFiles inside(root.path());
  KernelFiles outside("");
  EXPECT_TRUE(inside.Exists({"/proc", "only_here"}));
  EXPECT_THAT(inside.Amount({"/proc", "only_here"}), Optional(7u));
  EXPECT_FALSE(outside.Exists({"/proc", "only_here"}));
}

}  // namespace
}  // namespace headroom
