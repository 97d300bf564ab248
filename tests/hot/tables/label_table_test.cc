#include "hot/tables/label_table.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace headroom::hot {
namespace {

class Labels : public testing::Test {
 protected:
  std::unique_ptr<LabelTable> table_{new LabelTable()};
};

TEST_F(Labels, OneNameHasOneNumberAndOtherNamesHaveOthers) {
  const uint32_t a = table_->Intern("tenant a");
  EXPECT_EQ(table_->Intern(std::string("tenant a").c_str()), a);
  EXPECT_NE(table_->Intern("tenant b"), a);
  EXPECT_STREQ(table_->NameOf(a), "tenant a");
}

TEST_F(Labels, NoNameIsNoLabel) {
  EXPECT_EQ(table_->Intern(nullptr), LabelTable::kNone);
  EXPECT_EQ(table_->Intern(""), LabelTable::kNone);
  EXPECT_STREQ(table_->NameOf(LabelTable::kNone), "");
}

TEST_F(Labels, OfALongNameTheBeginningCounts) {
  const std::string kept(LabelTable::kMaxBytes, 'x');
  EXPECT_STREQ(table_->NameOf(table_->Intern((kept + "y").c_str())), kept.c_str());
  EXPECT_EQ(table_->Intern((kept + "z").c_str()), table_->Intern(kept.c_str()));
}

TEST_F(Labels, MoreNamesThanPlacesAreOneAndAreCounted) {
  for (uint32_t i = 1; i < LabelTable::kOther; ++i) EXPECT_NE(table_->Intern(std::to_string(i).c_str()), LabelTable::kOther);
  EXPECT_EQ(table_->Intern("one more"), LabelTable::kOther);
  EXPECT_STREQ(table_->NameOf(LabelTable::kOther), "(other)");
  EXPECT_EQ(table_->overflows(), 1u);
  EXPECT_STREQ(table_->NameOf(table_->Intern("7")), "7");
}

TEST_F(Labels, ANumberThatWasNeverGivenHasNoName) { EXPECT_STREQ(table_->NameOf(4711), ""); }

}  // namespace
}  // namespace headroom::hot
