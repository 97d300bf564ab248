#include "config/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <type_traits>

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constinit EnvironmentCopy static_copy;  // must need no constructor at run time
static_assert(std::is_trivially_destructible_v<EnvironmentCopy>);

TEST(EnvironmentCopy, UnfilledIsEmpty) {
  EXPECT_THAT(static_copy.Entries(), IsEmpty());
  EXPECT_EQ(static_copy.runtime_dir(), "");
  EXPECT_EQ(static_copy.entries_lost(), 0u);
}

TEST(EnvironmentCopy, OnlyOurEntriesAreTakenInTheirOrder) {
  const char* envp[] = {"PATH=/bin",
                        "HEADROOM_LOG=info",
                        "XDG_RUNTIME_DIR=/run/user/7",
                        "HEADROOM_LIMIT=1GiB",
                        "headroom_limit=1",
                        "XDG_RUNTIME_DIRS=no",
                        nullptr};
  EnvironmentCopy copy;
  copy.Fill(envp);
  EXPECT_THAT(copy.Entries(), ElementsAre("HEADROOM_LOG=info", "XDG_RUNTIME_DIR=/run/user/7", "HEADROOM_LIMIT=1GiB"));
  EXPECT_EQ(copy.runtime_dir(), "/run/user/7");
}

TEST(EnvironmentCopy, SurvivesWhenTheDaemonOverwritesItsEnvironment) {
  char entry[] = "HEADROOM_LOG=info";
  const char* envp[] = {entry, nullptr};
  EnvironmentCopy copy;
  copy.Fill(envp);
  std::memset(entry, 'x', sizeof entry - 1);
  EXPECT_THAT(copy.Entries(), ElementsAre("HEADROOM_LOG=info"));
}

TEST(EnvironmentCopy, ClearedEnvironmentIsEmpty) {
  const char* envp[] = {nullptr};
  EnvironmentCopy copy;
  copy.Fill(envp);
  copy.Fill(nullptr);
  EXPECT_THAT(copy.Entries(), IsEmpty());
}

TEST(EnvironmentCopy, LastByteIsUsedAndOneMoreIsLost) {
  const std::string exact = "HEADROOM_X=" + std::string(EnvironmentCopy::kCapacityBytes - 12, 'x');
  const char* fitting[] = {exact.c_str(), nullptr};
  EnvironmentCopy copy;
  copy.Fill(fitting);
  EXPECT_THAT(copy.Entries(), ElementsAre(exact));
  EXPECT_EQ(copy.entries_lost(), 0u);

  const std::string longer = exact + "x";
  const char* too_long[] = {longer.c_str(), "HEADROOM_LOG=info", nullptr};
  EnvironmentCopy other;
  other.Fill(too_long);
  EXPECT_THAT(other.Entries(), ElementsAre("HEADROOM_LOG=info"));
  EXPECT_EQ(other.entries_lost(), 1u);
}

TEST(ReadSetting, NameAndValueArePartedAtTheFirstEqualsSign) {
  auto setting = ReadSetting("HEADROOM_RECORDER=/a=b");
  ASSERT_TRUE(setting);
  EXPECT_EQ(setting->name, "RECORDER");
  EXPECT_EQ(setting->value, "/a=b");
}

TEST(ReadSetting, MissingEqualsSignIsAnEmptyValue) {
  auto setting = ReadSetting("HEADROOM_LOG");
  ASSERT_TRUE(setting);
  EXPECT_EQ(setting->name, "LOG");
  EXPECT_EQ(setting->value, "");
  EXPECT_FALSE(ReadSetting("PATH=/bin"));
}

}  // namespace
}  // namespace headroom
