#include "alarm/suppressions.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

bool Matches(const std::string& pattern, const Frame& frame) {
  Suppressions suppressions;
  EXPECT_FALSE(suppressions.Add("leak:" + pattern + "\n", "list"));
  return suppressions.Match({{"malloc", "", 0, "/lib/libc.so.6", "", 0}, frame});
}

const Frame kFrame = {"ns::Cache::Put(int)", "src/cache.cc", 3, "/opt/bin/app", "", 0};

TEST(Suppressions, APatternIsFoundAnywhereInFunctionFileOrModule) {
  EXPECT_TRUE(Matches("Cache::Put", kFrame));
  EXPECT_TRUE(Matches("cache.cc", kFrame));
  EXPECT_TRUE(Matches("/opt/bin/", kFrame));
  EXPECT_FALSE(Matches("Cache::Get", kFrame));
}

TEST(Suppressions, StarsAndEndsMeanWhatTheyMeanToLeakSanitizer) {
  EXPECT_TRUE(Matches("ns::*Put", kFrame));
  EXPECT_TRUE(Matches("^ns::Cache", kFrame));
  EXPECT_FALSE(Matches("^Cache", kFrame));
  EXPECT_TRUE(Matches("app$", kFrame));
  EXPECT_FALSE(Matches("bin$", kFrame));
  EXPECT_TRUE(Matches("^ns::*(int)$", kFrame));
  EXPECT_FALSE(Matches("Put*Cache", kFrame));
}

TEST(Suppressions, CommentsAndEmptyLinesAreNone) {
  Suppressions suppressions;
  EXPECT_FALSE(suppressions.Add("# known\n\n  leak:Foo  \r\n", "list"));
  EXPECT_TRUE(suppressions.Match({{"Foo", "", 0, "", "", 0}}));
  EXPECT_FALSE(suppressions.Match({{"known", "", 0, "", "", 0}}));
}

TEST(Suppressions, AnotherLineIsNamed) {
  Suppressions suppressions;
  const auto error = suppressions.Add("leak:a\nrace:b\n", "list");
  ASSERT_TRUE(error);
  EXPECT_EQ(error, "list: line 2: expected leak:PATTERN");
}

}  // namespace
}  // namespace headroom
