#include "view/view_state.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

const Shown kThree = {{11, 22, 33}, 2, 5};

ViewState Typed(ViewState state, const std::string& characters, const Shown& shown = kThree) {
  for (char c : characters) state = After(state, {Key::kCharacter, c}, shown);
  return state;
}

ViewState Pressed(ViewState state, std::initializer_list<Key> keys, const Shown& shown = kThree) {
  for (Key key : keys) state = After(state, {key}, shown);
  return state;
}

TEST(ViewState, ArrowsMoveAmongTheSitesAndStopAtTheEnds) {
  EXPECT_EQ(Pressed({}, {Key::kDown}).selected, 22u);
  EXPECT_EQ(Pressed({}, {Key::kUp}).selected, 11u);
  EXPECT_EQ(Pressed({}, {Key::kDown, Key::kDown, Key::kDown, Key::kDown}).selected, 33u);
  EXPECT_EQ(Pressed({}, {Key::kEnd}).selected, 33u);
  EXPECT_EQ(Pressed({}, {Key::kEnd, Key::kHome}).selected, 11u);
  EXPECT_EQ(Pressed({}, {Key::kPageDown}).selected, 33u);
  EXPECT_EQ(Typed({}, "jjk").selected, 22u);
}

TEST(ViewState, WithoutSitesNothingMovesOrOpens) {
  const Shown none;
  EXPECT_EQ(Pressed({}, {Key::kDown, Key::kEnd}, none).selected, 0u);
  EXPECT_FALSE(Pressed({}, {Key::kEnter}, none).shows_stack);
}

TEST(ViewState, EnterOpensTheStackOfTheSelectedSiteAndClosesIt) {
  const ViewState open = Pressed({}, {Key::kDown, Key::kEnter});
  EXPECT_TRUE(open.shows_stack);
  EXPECT_EQ(open.selected, 22u);
  EXPECT_FALSE(Pressed(open, {Key::kEnter}).shows_stack);
  EXPECT_FALSE(Pressed(open, {Key::kEscape}).shows_stack);
}

TEST(ViewState, EnterSelectsTheFirstSiteWhereNoneWasChosen) { EXPECT_EQ(Pressed({}, {Key::kEnter}).selected, 11u); }

TEST(ViewState, InAStackArrowsScrollAndStopAtItsEnd) {
  const ViewState open = Pressed({}, {Key::kEnter});
  EXPECT_EQ(Pressed(open, {Key::kDown}).first_line, 1u);
  EXPECT_EQ(Pressed(open, {Key::kEnd}).first_line, 5u);
  EXPECT_EQ(Pressed(open, {Key::kEnd, Key::kUp}).first_line, 4u);
  EXPECT_EQ(Pressed(open, {Key::kDown}).selected, 11u);
}

TEST(ViewState, LettersSort) {
  EXPECT_EQ(Typed({}, "l").order, SiteOrder::kLive);
  EXPECT_EQ(Typed({}, "s").order, SiteOrder::kSamples);
  EXPECT_EQ(Typed({}, "o").order, SiteOrder::kOldest);
  EXPECT_EQ(Typed({}, "t").order, SiteOrder::kTimeLeft);
  EXPECT_EQ(Typed({}, "n").order, SiteOrder::kName);
  EXPECT_EQ(Typed({}, "ng").order, SiteOrder::kGrowth);
}

TEST(ViewState, AFilterIsTypedLetterByLetterAndKept) {
  const ViewState typing = Typed({}, "/quit");
  EXPECT_TRUE(typing.types_filter);
  EXPECT_FALSE(typing.quits);
  EXPECT_EQ(typing.filter, "quit");
  EXPECT_EQ(Pressed(typing, {Key::kBackspace}).filter, "qui");
  EXPECT_EQ(Pressed(typing, {Key::kEnter}).filter, "quit");
  EXPECT_FALSE(Pressed(typing, {Key::kEnter}).types_filter);
  EXPECT_EQ(Pressed(typing, {Key::kEscape}).filter, "");
}

TEST(ViewState, EscapeForgetsAFilterThatWasKept) {
  EXPECT_EQ(Pressed(Typed({}, "/ask"), {Key::kEnter, Key::kEscape}).filter, "");
}

TEST(ViewState, AFilterDoesNotGrowForEver) { EXPECT_LT(Typed({}, "/" + std::string(1000, 'x')).filter.size(), 200u); }

TEST(ViewState, AnyKeyLeavesTheHelp) {
  EXPECT_TRUE(Typed({}, "?").shows_help);
  EXPECT_FALSE(Typed({}, "?l").shows_help);
  EXPECT_EQ(Typed({}, "?l").order, SiteOrder::kGrowth);
  EXPECT_TRUE(Typed({}, "?q").quits);
}

TEST(ViewState, PauseIsASwitchAndQQuits) {
  EXPECT_TRUE(Typed({}, "p").is_paused);
  EXPECT_FALSE(Typed({}, "pp").is_paused);
  EXPECT_TRUE(Typed({}, "q").quits);
  EXPECT_FALSE(Typed({}, "xyz").quits);
}

}  // namespace
}  // namespace headroom
