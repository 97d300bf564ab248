#include "report/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "report/page_data.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

SiteReport Site(std::string function, VerdictClass verdict, double live_bytes) {
  SiteReport site;
  site.event.id = "0123456789abcdef";
  site.event.time_s = 1700000300;
  site.event.frames = {{std::move(function), "src/a.cc", 25, "/opt/app", "", 16}, {"main", "", 0, "/opt/app", "", 32}};
  site.event.verdict.verdict = verdict;
  site.event.verdict.live_bytes = live_bytes;
  site.live_bytes = {0, 100, 200, 300};
  return site;
}

Report ExampleReport() {
  LifeReport life;
  life.dumps = 4;
  life.start_s = 1700000000;
  life.end_s = 1700000300;
  life.times_s = {1700000000, 1700000100, 1700000200, 1700000300};
  life.live_bytes = {1, 2, 3, 4};
  life.used_bytes = {5, std::numeric_limits<double>::quiet_NaN(), 7, 8};
  life.sites = {Site("ns::Open(int)", VerdictClass::kLeak, 4096), Site("Put", VerdictClass::kSteady, 64)};
  life.sites[0].event.verdict.growth_bytes_per_s = {1024.5, 900, 1200};
  life.sites[0].curve = {{1700000000, 1700000600}, {{1, 1, 1}, {7, 6, 9}}};
  life.sites[0].ages = {{0, 1000, 10}, {60, 3096, 30}};
  Report report;
  report.format = "jsonl";
  report.notes = {"times are those of the files"};
  report.lives = {life};
  return report;
}

size_t Count(const std::string& text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(HtmlReport, IsOneWholePage) {
  const std::string page = HtmlReport(ExampleReport());
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_THAT(page, HasSubstr("Chart.js Contributors"));
  EXPECT_THAT(page, HasSubstr("Permission is hereby granted"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* fetched : {" src=", "@import", "url(http"}) EXPECT_THAT(page, Not(HasSubstr(fetched)));
}

TEST(HtmlReport, EveryPartIsPutIn) {
  const std::string page = HtmlReport(ExampleReport());
  EXPECT_EQ(Count(page, "<script>\n") + Count(page, "<script>\"") + Count(page, "<script>/*!"), 8u);
  EXPECT_THAT(page, Not(HasSubstr("<script></script>")));
  EXPECT_THAT(page, Not(HasSubstr(".js}}")));
}

TEST(HtmlReport, NamesCannotBreakOut) {
  const std::string page = HtmlReport(ExampleReport());
  Report hostile = ExampleReport();
  hostile.lives[0].sites[0].event.frames[0].function = "</script><script>alert(1)</script><!--<img src=x>{{data}}";
  hostile.lives[0].sites[0].event.frames[0].file = "</title></noscript></pre><script>";
  hostile.notes = {"</script>"};
  const std::string attacked = HtmlReport(hostile);
  for (const char* markup : {"<script", "</script", "<img", "<!--", "</title", "</noscript", "</pre"}) {
    EXPECT_EQ(Count(attacked, markup), Count(page, markup)) << markup;
  }
}

TEST(PageData, HoldsTheEventsAndTheSeries) {
  const json data = json::parse(PageData(ExampleReport()));
  const json& life = data["lives"][0];
  const json& leak = life["sites"][0];
  EXPECT_EQ(leak["event"]["growth_bytes_per_s"]["estimate"], 1024.5);
  EXPECT_EQ(leak["event"]["verdict"], "leak");
  EXPECT_EQ(leak["live_bytes"], json({0, 100, 200, 300}));
  EXPECT_EQ(leak["drift_bytes_per_s"], 1);
  EXPECT_EQ(leak["curve"]["times_s"], json({0, 600}));
  EXPECT_EQ(leak["curve"]["high"], json({1, 9}));
  EXPECT_EQ(leak["ages"], json::parse("[[0, 1000, 10], [60, 3096, 30]]"));
  EXPECT_EQ(data["frames"][leak["stack"][0].get<size_t>()]["line"], 25);
  EXPECT_EQ(life["used_bytes"], json::parse("[5, null, 7, 8]"));
  EXPECT_TRUE(life["sites"][1]["ages"].is_null());
  EXPECT_TRUE(life["sites"][1]["curve"].is_null());
  EXPECT_TRUE(life["limit"].is_null());
}

TEST(PageData, IsBoundedAndTellsWhatItLeavesOut) {
  Report report = ExampleReport();
  for (int i = 0; i < 1500; ++i) report.lives[0].sites.push_back(Site("Put", VerdictClass::kSteady, 10));
  const json data = json::parse(PageData(report));
  EXPECT_EQ(data["lives"][0]["sites"].size(), 1000u);
  EXPECT_EQ(data["lives"][0]["left_out"]["sites"], 502);
  EXPECT_EQ(data["lives"][0]["left_out"]["live_bytes"], 5020);
  EXPECT_EQ(data["frames"].size(), 3u);
}

TEST(PageData, TakesNamesThatAreNotText) {
  Report report = ExampleReport();
  report.lives[0].sites[0].event.frames[0].file = "\xff\xfe\x01";
  EXPECT_TRUE(json::accept(PageData(report)));
}

}  // namespace
}  // namespace headroom
