#include "formats/jsonl_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

TEST(JsonlWriter, WhatWasReadIsWrittenAgain) {
  const std::string line =
      R"({"time_s":1700000000.5,"limit_bytes":1073741824,"used_bytes":412000000,"sample_bytes":524288,"partial":true,)"
      R"("sites":[{"stack":["leak","main"],"live_bytes":300.0,"live_samples":3,"born_bytes":500.0,"born_samples":5,)"
      R"("died_bytes":200.0,"died_samples":2,"ages":[[0.0,100.0,1],[20.0,200.0,2]],"died_ages":[[10.0,200.0,2]],"label":"tenant a"}]})"
      "\n";
  const Findings found = ReadText(line);
  ASSERT_EQ(found.dumps.size(), 1u);
  EXPECT_EQ(JsonlLine(found.dumps[0]), line);
}

TEST(JsonlWriter, WhatIsUnknownIsLeftOut) {
  Dump dump;
  dump.frames = {{"f", "", 0, "", "", 0}};
  dump.sites.resize(1);
  dump.sites[0].stack = {0};
  EXPECT_EQ(JsonlLine(dump), "{\"sample_bytes\":0,\"sites\":[{\"stack\":[\"f\"],\"live_bytes\":0.0}]}\n");
}

TEST(JsonlWriter, AFrameWithoutAFunctionIsNamedByItsPlace) {
  Dump dump;
  dump.frames = {{"", "", 0, "/usr/bin/app", "", 0x1f30}, {"", "", 0, "", "", 0x7f01}, {}, {"\xff", "", 0, "", "", 0}};
  dump.sites.resize(1);
  dump.sites[0].stack = {0, 1, 2, 3};
  EXPECT_THAT(JsonlLine(dump), testing::HasSubstr(R"("stack":["app+0x1f30","0x7f01","?",")"));
  EXPECT_EQ(ReadText(JsonlLine(dump)).dumps.size(), 1u);
}

}  // namespace
}  // namespace headroom
