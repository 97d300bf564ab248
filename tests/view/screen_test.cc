#include "view/screen.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(Screen, ALineIsCutAtItsWidthAndSaysSo) {
  Line line("collectd", Look::kBold);
  line.Add(" (pid 1234)");
  EXPECT_EQ(line.CutAt(19).text(), "collectd (pid 1234)");
  EXPECT_EQ(line.CutAt(12).text(), "collectd (p…");
  EXPECT_EQ(line.CutAt(8).text(), "collect…");
  EXPECT_EQ(line.CutAt(1).text(), "…");
  EXPECT_EQ(line.CutAt(0).text(), "");
}

TEST(Screen, CharactersAreCountedNotBytes) {
  EXPECT_EQ(CellsOf("größe"), 5u);
  EXPECT_EQ(CutText("größe", 4), "grö…");
  EXPECT_EQ(PadLeft("größe", 6), " größe");
  EXPECT_EQ(CellsOf("\xff\xfe"), 2u);
}

TEST(Screen, ABarFillsTheWidthInOneLook) {
  const Line bar = Line("q quit").BarOf(8, Look::kBar);
  ASSERT_EQ(bar.spans().size(), 1u);
  EXPECT_EQ(bar.spans()[0].text, "q quit  ");
  EXPECT_EQ(bar.spans()[0].look, Look::kBar);
}

TEST(Screen, TextHasColorsOnlyWhereAskedFor) {
  const Screen screen = {Line("x  ", Look::kAlarm)};
  EXPECT_EQ(TextOf(screen, false), "x\n");
  EXPECT_EQ(TextOf(screen, true), "\x1b[1;31mx  \x1b[0m\n");
}

}  // namespace
}  // namespace headroom
