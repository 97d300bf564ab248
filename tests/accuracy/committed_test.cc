#include "bench/accuracy/committed.h"

#include <gmock/gmock.h>

#include <sstream>

namespace headroom::lab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const GroupCounts kLeaky{"LEAKY", "critical", 1000, 990, 0, 0};
const GroupCounts kBenign{"BENIGN", "critical", 0, 0, 1000, 50};

TEST(WorseThan, AnEngineAsGoodAsBeforeIsNotComplainedOf) {
  EXPECT_THAT(WorseThan({kLeaky, kBenign}, {{"LEAKY", "critical", 60, 59, 0, 0}, {"BENIGN", "critical", 0, 0, 80, 8}}),
              IsEmpty());
}

TEST(WorseThan, MoreMissedLeaksThanChanceAllowsAreNamed) {
  EXPECT_THAT(WorseThan({kLeaky, kBenign}, {{"LEAKY", "critical", 60, 54, 0, 0}}),
              ElementsAre("LEAKY, critical: found 54 of 60 leaks, the committed table 990 of 1000"));
}

TEST(WorseThan, MoreFalseRunsThanChanceAllowsAreNamed) {
  EXPECT_THAT(WorseThan({kLeaky, kBenign}, {{"BENIGN", "critical", 0, 0, 80, 14}}),
              ElementsAre(HasSubstr("BENIGN, critical: false alarms in 14 of 80 runs")));
}

TEST(WorseThan, GroupsThatAreNotCommittedAreNotCompared) {
  EXPECT_THAT(WorseThan({kLeaky}, {{"BENIGN", "critical", 0, 0, 80, 80}, {"LEAKY", "warning", 60, 0, 0, 0}}),
              IsEmpty());
}

TEST(BinomialTail, IsTheChanceOfAtLeastSoMany) {
  EXPECT_NEAR(BinomialTail(10, 0, 0.3), 1, 1e-12);
  EXPECT_NEAR(BinomialTail(2, 1, 0.5), 0.75, 1e-12);
  EXPECT_NEAR(BinomialTail(3, 3, 0.1), 0.001, 1e-12);
}

TEST(CommittedCounts, SurviveTheFile) {
  std::istringstream file(ToJson({kLeaky, kBenign}));
  EXPECT_EQ(FromJson(file), (std::vector<GroupCounts>{kLeaky, kBenign}));
}

TEST(CommittedCounts, OfAnotherFormAreRefused) {
  for (const char* text : {"", "{}", "[{\"group\": \"LEAKY\"}]", "[1"}) {
    std::istringstream file(text);
    EXPECT_EQ(FromJson(file), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace headroom::lab
