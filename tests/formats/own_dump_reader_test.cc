#include "formats/own_dump_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "dump/checksum.h"
#include "dump/schema.h"
#include "formats/pprof_writer.h"
#include "tests/dump/example_heap.h"
#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Dump ReadOne(const std::string& bytes) {
  const Findings findings = ReadText(bytes);
  EXPECT_THAT(findings.complaints, ElementsAre());
  EXPECT_EQ(findings.dumps.size(), 1u);
  return findings.dumps.empty() ? Dump() : findings.dumps.front();
}

std::string ExampleDump() {
  ExampleHeap heap;
  heap.AddLeak();
  return heap.Dump();
}

// With a checksum that matches.
std::string Resealed(std::string dump) {
  const uint32_t checksum = Checksum(std::string_view(dump).substr(0, dump.size() - 6));
  dump.replace(dump.size() - 4, 4, reinterpret_cast<const char*>(&checksum), 4);
  return dump;
}

TEST(OwnDump, IsKnownByItsContent) {
  const Findings findings = ReadText(ExampleDump());
  ASSERT_NE(findings.format, nullptr);
  EXPECT_EQ(findings.format->name, "headroom dump");
}

TEST(OwnDump, TellsTheProcessAsItsAgentSawIt) {
  const Dump dump = ReadOne(ExampleDump());
  EXPECT_EQ(dump.time_s, 1714584123.25);
  EXPECT_EQ(dump.program, "collectd");
  EXPECT_EQ(dump.sample_bytes, 524288u);
  EXPECT_FALSE(dump.partial);
  EXPECT_NE(dump.life, 0u);
  ASSERT_TRUE(dump.agent);
  EXPECT_EQ(dump.agent->tick, 44012u);
  EXPECT_EQ(dump.agent->interval_s, 10);
  EXPECT_EQ(dump.agent->uptime_s, 440122.75);
  EXPECT_EQ(dump.agent->warn_within_s, 604800);
  EXPECT_EQ(dump.agent->critical_within_s, 3600);
  EXPECT_EQ(dump.agent->pid, 1234);
  EXPECT_EQ(dump.agent->memory.rss_anon_bytes, 600000000u);
  EXPECT_EQ(dump.agent->memory.swap_bytes, 1000u);
  EXPECT_EQ(dump.agent->memory.mappings, 530u);
}

TEST(OwnDump, TellsEveryLimitAndTheNearestForAll) {
  const Dump dump = ReadOne(ExampleDump());
  ASSERT_EQ(dump.agent->limits.size(), 3u);
  EXPECT_EQ(dump.agent->limits[1].name, "host:MemAvailable");
  EXPECT_TRUE(dump.agent->limits[1].shared);
  EXPECT_EQ(dump.agent->limits[2].unit, LimitUnit::kMappings);
  EXPECT_EQ(dump.limit_bytes, 1073741824u);
  EXPECT_EQ(dump.used_bytes, 734003200u);
}

TEST(OwnDump, TellsEachSitesWholeHistory) {
  const Dump dump = ReadOne(ExampleDump());
  ASSERT_EQ(dump.sites.size(), 1u);
  const DumpSite& site = dump.sites.front();
  EXPECT_EQ(site.live_bytes, 43305000);
  EXPECT_EQ(site.live_samples, 83u);
  EXPECT_EQ(site.born_bytes, 53305000);
  EXPECT_EQ(site.died_bytes, 10000000);
  EXPECT_EQ(site.born_samples, 103u);
  EXPECT_EQ(site.died_samples, 20u);
  EXPECT_EQ(site.oldest_s, 2970);
  ASSERT_TRUE(site.ages && site.died_ages);
  ASSERT_EQ(site.ages->size(), 4u);
  EXPECT_EQ((*site.ages)[0].age_low_s, 0);
  EXPECT_EQ((*site.ages)[1].age_low_s, 10);
  EXPECT_EQ((*site.ages)[2].age_low_s, 40);
  EXPECT_EQ((*site.ages)[3].age_low_s, 2560);
  EXPECT_EQ((*site.ages)[3].samples, 50u);
  EXPECT_EQ((*site.ages)[3].bytes, 26732136);
  ASSERT_EQ(site.died_ages->size(), 2u);
  EXPECT_EQ((*site.died_ages)[1].age_low_s, 20);
}

TEST(OwnDump, FramesAreAddressesOfTheirObjectFiles) {
  const Dump dump = ReadOne(ExampleDump());
  ASSERT_EQ(dump.sites.front().stack.size(), 3u);
  const auto frame = [&](size_t i) { return dump.frames[dump.sites.front().stack[i]]; };
  EXPECT_EQ(frame(0).module, "/usr/sbin/collectd");
  EXPECT_EQ(frame(0).build_id, "0123abcd");
  EXPECT_EQ(frame(0).offset, 0x402000u) << "inside the call";
  EXPECT_EQ(frame(1).module, "/usr/lib/libresolve.so.2");
  EXPECT_EQ(frame(1).offset, 0x2100u);
  EXPECT_EQ(frame(2).offset, 0x403000u);
}

TEST(OwnDump, CodeOutsideOfEveryFileAndStacksThatFoundNoRoomStay) {
  ExampleHeap heap;
  heap.AddSite(5, {0x1235, 0x555500002001}).born_bytes = 100;
  heap.AddSite(2, {}).born_bytes = 50;
  const Dump dump = ReadOne(heap.Dump());
  ASSERT_EQ(dump.sites.size(), 2u);
  EXPECT_EQ(dump.frames[dump.sites[0].stack[0]].module, "");
  EXPECT_EQ(dump.frames[dump.sites[0].stack[0]].offset, 0x1234u);
  EXPECT_TRUE(dump.sites[1].stack.empty());
  EXPECT_EQ(dump.sites[1].live_bytes, 50);
}

TEST(OwnDump, SitesOfOneStackAreApartByTheirLabels) {
  ExampleHeap heap;
  for (const uint64_t key : {1, 2, 3, 4}) {
    heap.AddSite(key, {0x555500002001}).born_bytes = 100 * static_cast<double>(key);
  }
  heap.SetLabel(2, "tenant a");
  heap.SetLabel(3, "tenant b");
  heap.SetLabel(4, "tenant a");
  const Dump dump = ReadOne(heap.Dump());
  ASSERT_EQ(dump.sites.size(), 3u);
  EXPECT_EQ(dump.sites[0].label, "tenant a");
  EXPECT_EQ(dump.sites[0].live_bytes, 600);
  EXPECT_EQ(dump.sites[1].label, "tenant b");
  EXPECT_EQ(dump.sites[1].live_bytes, 300);
  EXPECT_EQ(dump.sites[2].label, "");
  EXPECT_EQ(dump.sites[2].live_bytes, 100);
  EXPECT_EQ(dump.program, "collectd");
}

TEST(OwnDump, WhatDidNotFitMakesItPartialAndIsTheSmallest) {
  ExampleHeap heap;
  heap.AddCrowd(6000, 8);
  const Dump dump = ReadOne(heap.Dump(kLeastDumpBytes));
  EXPECT_TRUE(dump.partial);
  ASSERT_GT(dump.sites.size(), 300u);
  EXPECT_EQ(dump.sites.front().live_bytes, 1000000 + 6099);
  EXPECT_EQ(dump.sites.back().live_bytes, 1000000 + 6100 - static_cast<double>(dump.sites.size()));
}

TEST(OwnDump, SitesOfOneStackAreAddedUp) {
  ExampleHeap heap;
  heap.AddLeak();
  SiteSnapshot& labelled = heap.AddSite(7, {0x555500002001, 0x7f0000000101, 0x555500003001});
  labelled.born_samples = 3;
  labelled.born_bytes = 1000;
  labelled.live_by_age[2] = {1, 400};
  labelled.live_by_age[3] = {2, 600};
  labelled.oldest_ticks = 500;
  const Dump dump = ReadOne(heap.Dump());
  ASSERT_EQ(dump.sites.size(), 1u);
  EXPECT_EQ(dump.sites[0].live_bytes, 43305000 + 1000);
  EXPECT_EQ(dump.sites[0].live_samples, 86u);
  EXPECT_EQ(dump.sites[0].oldest_s, 5000);
  ASSERT_EQ(dump.sites[0].ages->size(), 5u);
  EXPECT_EQ((*dump.sites[0].ages)[2].samples, 1u);
  EXPECT_EQ((*dump.sites[0].ages)[3].samples, 32u);
}

TEST(OwnDump, IsAProfileToEveryReaderOfSuch) {
  ExampleHeap heap;
  heap.AddLeak();
  const Dump copy = ReadOne(WritePprof(ReadOne(heap.Dump())));
  EXPECT_FALSE(copy.agent);
  ASSERT_EQ(copy.sites.size(), 1u);
  EXPECT_EQ(copy.sites.front().live_bytes, 43305000);
  EXPECT_EQ(copy.sites.front().born_bytes, 53305000);
  EXPECT_EQ(copy.sites.front().live_samples, 83u);
}

TEST(OwnDump, CutAnywhereIsNotBelieved) {
  const std::string dump = ExampleDump();
  for (size_t size = 64; size < dump.size(); size += 7) {
    const Findings findings = ReadText(dump.substr(0, size));
    EXPECT_TRUE(findings.dumps.empty()) << size;
    ASSERT_EQ(findings.complaints.size(), 1u) << size;
    EXPECT_THAT(findings.complaints.front(), HasSubstr("dump: byte " + std::to_string(size) + ": the ")) << size;
  }
}

TEST(OwnDump, AByteChangedAnywhereIsFound) {
  const std::string dump = ExampleDump();
  for (size_t byte = 64; byte < dump.size(); byte += 5) {
    std::string bad = dump;
    bad[byte] = static_cast<char>(bad[byte] ^ 0x10);
    EXPECT_TRUE(ReadText(bad).dumps.empty()) << byte;
  }
}

TEST(OwnDump, AByteChangedAnywhereUnderAMatchingChecksumDoesNoHarm) {
  const std::string dump = ExampleDump();
  for (size_t byte = 0; byte + 6 < dump.size(); ++byte) {
    for (const char flip : {'\x01', '\xff'}) {
      std::string bad = dump;
      bad[byte] = static_cast<char>(bad[byte] ^ flip);
      const Findings findings = ReadText(Resealed(bad));
      EXPECT_EQ(findings.dumps.size() + findings.complaints.size(), 1u) << byte;
    }
  }
}

TEST(OwnDump, OfALaterVersionIsRefused) {
  std::string dump = ExampleDump();
  const size_t version = dump.find(pprof::kDumpMagic) + pprof::kDumpMagic.size() + 1;
  ASSERT_EQ(dump[version], '\x01');
  dump[version] = '\x02';
  EXPECT_THAT(ReadText(Resealed(dump)).complaints, ElementsAre(HasSubstr("dump of version 2, expected 1")));
}

}  // namespace
}  // namespace headroom
