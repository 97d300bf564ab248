#include "formats/pprof_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "formats/pprof/module_layout.h"
#include "formats/pprof/tables.h"
#include "symbols/elf_file.h"
#include "tests/formats/expected_totals.h"
#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Frame Named(const std::string& function, uint64_t offset, const std::string& module = "/bin/daemon") {
  Frame frame;
  frame.function = function;
  frame.file = function + ".cc";
  frame.line = 7;
  frame.module = module;
  frame.build_id = "c0ffee";
  frame.offset = offset;
  return frame;
}

// leak <- main, sampled every 1000 bytes.
Dump Example() {
  Dump dump;
  dump.time_s = 1700000000.5;
  dump.sample_bytes = 1000;
  dump.frames = {Named("leak", 0x1100), Named("main", 0x1200)};
  DumpSite site;
  site.stack = {0, 1};
  site.live_bytes = 5000;
  site.live_samples = 4;
  dump.sites = {site};
  return dump;
}

Dump ThroughPprof(const Dump& dump) {
  Findings findings = ReadText(WritePprof(dump));
  EXPECT_THAT(findings.complaints, IsEmpty());
  return findings.dumps.empty() ? Dump{} : std::move(findings.dumps.front());
}

std::string Unpacked(const Dump& dump) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "written.pb.gz";
  std::ofstream(path, std::ios::binary) << WritePprof(dump);
  Input input(path);
  return input.ReadAll(1 << 20).value_or("");
}

TEST(PprofWriter, WhatIsWrittenIsReadAgain) {
  const Dump dump = ThroughPprof(Example());
  EXPECT_EQ(dump.time_s, 1700000000.5);
  EXPECT_EQ(dump.sample_bytes, 1000u);
  EXPECT_EQ(dump.program, "/bin/daemon");
  ASSERT_THAT(dump.sites, SizeIs(1));
  EXPECT_EQ(dump.sites[0].live_bytes, 5000);
  EXPECT_EQ(dump.sites[0].live_samples, 4u);
  EXPECT_EQ(dump.sites[0].born_bytes, std::nullopt);
  ASSERT_THAT(dump.sites[0].stack, SizeIs(2));
  const Frame& leak = dump.frames[dump.sites[0].stack[0]];
  EXPECT_EQ(leak.function, "leak");
  EXPECT_EQ(leak.file, "leak.cc");
  EXPECT_EQ(leak.line, 7);
  EXPECT_EQ(leak.module, "/bin/daemon");
  EXPECT_EQ(leak.build_id, "c0ffee");
  EXPECT_EQ(leak.offset, 0x1100u);
}

TEST(PprofWriter, RealDumpsOfGoKeepTheirTotals) {
  for (const ExpectedTotals& expected : ReadExpectedTotals()) {
    const Findings original = ReadFile(HEADROOM_TEST_DATA "/" + expected.file);
    ASSERT_THAT(original.dumps, SizeIs(1));
    const Dump again = ThroughPprof(original.dumps[0]);
    ASSERT_EQ(again.sites.size(), original.dumps[0].sites.size());
    double live = 0, born = 0;
    for (const DumpSite& site : again.sites) {
      live += site.live_bytes;
      born += site.born_bytes.value();
    }
    EXPECT_EQ(live, expected.live_bytes);
    EXPECT_EQ(born, expected.born_bytes);
  }
}

TEST(PprofWriter, LabelsKeepTheSitesOfAStackApart) {
  Dump dump = Example();
  dump.sites.push_back(dump.sites[0]);
  dump.sites[1].label = "tenant a";
  dump.sites[1].live_bytes = 7000;
  const Dump again = ThroughPprof(dump);
  ASSERT_THAT(again.sites, SizeIs(2));
  EXPECT_EQ(again.sites[0].label, "");
  EXPECT_EQ(again.sites[0].live_bytes, 5000);
  EXPECT_EQ(again.sites[1].label, "tenant a");
  EXPECT_EQ(again.sites[1].live_bytes, 7000);
}

TEST(PprofWriter, TheDeadAreToldWhereTheyAreKnown) {
  Dump dump = Example();
  dump.sample_bytes = 0;
  dump.sites[0].born_bytes = 9000;
  dump.sites[0].born_samples = 9;
  const Dump again = ThroughPprof(dump);
  EXPECT_EQ(again.sites.at(0).born_samples, 9u);
  EXPECT_EQ(again.sites.at(0).died_bytes, 4000);
}

TEST(PprofWriter, EveryLocationHasAMapping) {
  Dump dump = Example();
  dump.frames.push_back({});
  dump.frames.push_back({"jit", "", 0, "", "", 0x7f0000001234});
  dump.sites[0].stack = {3, 2, 0, 1};
  const std::string profile = Unpacked(dump);
  const pprof::Tables tables = pprof::ReadTables(profile);
  ASSERT_THAT(tables.locations.rows(), SizeIs(4));
  for (const pprof::Location& location : tables.locations.rows()) {
    EXPECT_LT(tables.mappings.Find(location.mapping_id), tables.mappings.rows().size());
  }
}

TEST(PprofWriter, TheProgramIsTheFirstMapping) {
  Dump dump = Example();
  dump.frames = {Named("malloc", 0x99, "/lib/libc.so.6"), Named("main", 0x1200)};
  const std::string profile = Unpacked(dump);
  const pprof::Tables tables = pprof::ReadTables(profile);
  EXPECT_EQ(tables.String(tables.mappings.rows().at(0).filename), "/bin/daemon");
}

TEST(PprofWriter, InlinedCallsShareOneLocation) {
  Dump dump = Example();
  dump.frames = {Named("inner", 0x1100), Named("outer", 0x1100), Named("main", 0x1200)};
  dump.sites[0].stack = {0, 1, 2};
  const std::string profile = Unpacked(dump);
  const pprof::Tables tables = pprof::ReadTables(profile);
  EXPECT_THAT(tables.locations.rows(), SizeIs(2));
  EXPECT_THAT(tables.lines, SizeIs(3));
  EXPECT_THAT(ThroughPprof(dump).sites.at(0).stack, SizeIs(3));
}

TEST(PprofWriter, AFunctionThatCallsItselfIsNotInlined) {
  Dump dump = Example();
  dump.sites[0].stack = {0, 0, 0, 1};
  const std::string profile = Unpacked(dump);
  const pprof::Tables tables = pprof::ReadTables(profile);
  EXPECT_THAT(tables.locations.rows(), SizeIs(2));
  EXPECT_THAT(ThroughPprof(dump).sites.at(0).stack, SizeIs(4));
}

TEST(ModuleLayout, AddressesDoNotDependOnWhichFramesWereSeen) {
  const Frame deep = Named("f", 0x200000), shallow = Named("g", 0x10);
  const pprof::ModuleLayout one({shallow}), both({shallow, deep});
  EXPECT_EQ(one.SpotOf(shallow).address, both.SpotOf(shallow).address);
  EXPECT_EQ(one.rows().at(0).memory_limit, both.rows().at(0).memory_limit);
}

TEST(ModuleLayout, AReadableFileIsLaidOutBySegments) {
  const std::string self = "/proc/self/exe";
  Frame frame = Named("main", 0, self);
  frame.build_id = ElfFile::Open(self)->BuildId();
  ASSERT_FALSE(frame.build_id.empty());
  const pprof::ModuleLayout layout({frame});
  ASSERT_THAT(layout.rows(), SizeIs(1));  // one executable segment
  EXPECT_GT(layout.rows()[0].file_offset, 0u);
  EXPECT_LT(layout.rows()[0].memory_limit - layout.rows()[0].memory_start, uint64_t{1} << 28);
}

// Readers of the profile symbolise by the file and its segments.
TEST(ModuleLayout, FramesThatCountFromTheStartOfTheirFileLieInItsSegments) {
  const std::string self = "/proc/self/exe";
  const CodeSegment code = ElfFile::Open(self)->CodeSegments().front();
  Frame frame = Named("main", code.file_offset + 100, self);
  frame.build_id.clear();
  const pprof::ModuleLayout layout({frame});
  ASSERT_THAT(layout.rows(), SizeIs(1));
  const pprof::MappingRow& row = layout.rows()[0];
  EXPECT_EQ(layout.SpotOf(frame).address - row.memory_start + row.file_offset, code.file_offset + 100);
  EXPECT_GT(row.file_offset, 0u);
}

TEST(ModuleLayout, AFileOfAnotherBuildIsNotBelieved) {
  const pprof::ModuleLayout layout({Named("main", 0, "/proc/self/exe")});
  EXPECT_EQ(layout.rows().at(0).file_offset, 0u);
}

}  // namespace
}  // namespace headroom
