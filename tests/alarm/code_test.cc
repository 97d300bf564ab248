#include "alarm/code.h"

#include <gtest/gtest.h>

#include <set>

namespace headroom {
namespace {

TEST(Code, EveryVerdictThatRaisesAnAlarmHasItsOwn) {
  using enum VerdictClass;
  std::set<Code> codes;
  for (VerdictClass verdict : {kLeak, kFilling, kRetention, kUnattributed}) codes.insert(CodeOf(verdict));
  EXPECT_EQ(codes.size(), 4u);
}

TEST(Code, ItStandsAtTheEndOfALine) {
  FixedText<kMaxCodeMarkBytes> text;
  AppendCodeMark(Code::kHooksNotCalled, text);
  EXPECT_EQ(text.view(), " [HR-201]");
}

TEST(Code, TheMarkOfAnyCodeFits) {
  for (Code code : {
#define HEADROOM_CODE(NUMBER, name, title) Code::k##name,
#include "alarm/codes.def"
       }) {
    FixedText<kMaxCodeMarkBytes> text;
    AppendCodeMark(code, text);
    EXPECT_FALSE(text.overflowed());
  }
}

}  // namespace
}  // namespace headroom
