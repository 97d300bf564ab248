#include "recorder/place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using ::testing::HasSubstr;

TEST(RecorderPlace, TheDirectoryOfTheHostComesFirst) {
  TemporaryDirectory run;
  TemporaryDirectory xdg;
  EXPECT_EQ(ChooseRecorderPlace(42, xdg.path(), run.path()).path, run / "42.hr");
  EXPECT_TRUE(std::filesystem::is_empty(xdg.path()));
}

TEST(RecorderPlace, AMissingDirectoryIsNotMadeButTheOneOfTheUserIs) {
  TemporaryDirectory run;
  TemporaryDirectory xdg;
  EXPECT_EQ(ChooseRecorderPlace(42, xdg.path(), run / "headroom").path, xdg / "headroom/42.hr");
  EXPECT_TRUE(std::filesystem::is_empty(run.path()));
  struct stat made;
  ASSERT_EQ(stat((xdg / "headroom").c_str(), &made), 0);
  EXPECT_EQ(made.st_mode & 0777, 0700u);
  EXPECT_EQ(ChooseRecorderPlace(43, xdg.path(), run / "headroom").path, xdg / "headroom/43.hr");
}

mode_t RightsOf(const std::string& path) {
  struct stat file;
  return stat(path.c_str(), &file) == 0 ? file.st_mode & 07777 : 0;
}

TEST(RecorderPlace, TheDirectoryOfTheHostIsMadeForAllUsersWhateverTheUmask) {
  TemporaryDirectory run;
  const mode_t umask_before = umask(077);
  EXPECT_TRUE(MakeRecorderDirectory(run / "headroom"));
  umask(umask_before);
  EXPECT_EQ(RightsOf(run / "headroom"), 01777u);
}

TEST(RecorderPlace, ADirectoryThatIsThereKeepsItsRights) {
  TemporaryDirectory run;
  EXPECT_TRUE(MakeRecorderDirectory(run.path()));
  EXPECT_EQ(RightsOf(run.path()), 0700u);
}

TEST(RecorderPlace, ADirectoryThatCannotBeMadeIsReported) {
  TemporaryDirectory run;
  EXPECT_FALSE(MakeRecorderDirectory(run / "missing/headroom"));
}

TEST(RecorderPlace, NowhereIsOffWithAReason) {
  TemporaryDirectory empty;
  const RecorderPlace place = ChooseRecorderPlace(42, "", empty / "headroom");
  EXPECT_EQ(place.path, "");
  EXPECT_EQ(place.reason,
            (empty / "headroom") + " is not writable: No such file or directory, and XDG_RUNTIME_DIR is not set");
}

TEST(RecorderPlace, AnUnusableUserDirectoryIsNamed) {
  TemporaryDirectory empty;
  WriteWhole(empty / "file", "");
  const RecorderPlace place = ChooseRecorderPlace(42, empty / "file", empty / "headroom");
  EXPECT_EQ(place.path, "");
  EXPECT_THAT(place.reason, HasSubstr("nor is " + (empty / "file/headroom") + ": Not a directory"));
}

}  // namespace
}  // namespace headroom
