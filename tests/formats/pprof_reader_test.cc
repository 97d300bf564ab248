#include "formats/pprof_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "formats/gzip.h"
#include "tests/formats/expected_totals.h"
#include "tests/formats/profile_proto.h"
#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const ProfileProto::Columns kFour = {
    {"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"}};
const ProfileProto::Columns kTwo = {{"objects", "count"}, {"space", "bytes"}};

Dump ReadOne(std::string_view content) {
  Findings findings = ReadText(content);
  EXPECT_THAT(findings.complaints, IsEmpty());
  return findings.dumps.size() == 1 ? std::move(findings.dumps.front()) : Dump{};
}

std::string Complaint(std::string_view content) {
  const Findings findings = ReadText(content);
  EXPECT_THAT(findings.dumps, IsEmpty());
  EXPECT_THAT(findings.complaints, SizeIs(1));
  return findings.complaints.empty() ? "" : findings.complaints.front();
}

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(PprofReader, DumpsOfGoHaveTheTotalsThatAnIndependentReaderFound) {
  const std::vector<ExpectedTotals> table = ReadExpectedTotals();
  EXPECT_THAT(table, SizeIs(8));
  for (const ExpectedTotals& expected : table) {
    const Findings findings = ReadFile(HEADROOM_TEST_DATA "/" + expected.file);
    ASSERT_THAT(findings.dumps, SizeIs(1)) << expected.file;
    const Dump& dump = findings.dumps.front();
    EXPECT_EQ(dump.sample_bytes, expected.sample_bytes);
    EXPECT_NEAR(dump.time_s.value_or(0), 1795325508.2, 1);
    double live_bytes = 0, born_bytes = 0;
    for (const DumpSite& site : dump.sites) {
      live_bytes += site.live_bytes;
      born_bytes += site.born_bytes.value_or(0);
      EXPECT_DOUBLE_EQ(site.live_bytes + site.died_bytes.value_or(0), site.born_bytes.value_or(0));
    }
    EXPECT_EQ(live_bytes, expected.live_bytes) << expected.file;
    EXPECT_EQ(born_bytes, expected.born_bytes) << expected.file;
  }
}

TEST(PprofReader, NamesModulesAndLinesAreThoseOfTheProfile) {
  const Findings findings = ReadFile(HEADROOM_TEST_DATA "/go-pprof/heap.07.pb.gz");
  ASSERT_THAT(findings.dumps, SizeIs(1));
  const Dump& dump = findings.dumps.front();
  const auto session = std::ranges::find(dump.frames, std::string("main.openSession"), &Frame::function);
  ASSERT_NE(session, dump.frames.end());
  EXPECT_THAT(session->file, HasSubstr("leaky.go"));
  EXPECT_GT(session->line, 0);
}

TEST(PprofReader, PackedAndUnpackedIntegersAreTheSame) {
  ProfileProto profile(kTwo);
  profile.Function(1, "leak").Function(2, "main").Sample({1, 2}, {3, 300}).UnpackedSample({2, 1}, {4, 400});
  const Dump dump = ReadOne(profile.bytes());
  ASSERT_THAT(dump.sites, SizeIs(2));
  EXPECT_EQ(dump.sites[0].live_bytes, 300);
  EXPECT_THAT(dump.sites[0].stack, ElementsAre(0, 1));
  EXPECT_EQ(dump.sites[1].live_bytes, 400);
  EXPECT_THAT(dump.sites[1].stack, ElementsAre(1, 0));
}

TEST(PprofReader, TwoColumnsKnowNothingOfTheDead) {
  ProfileProto profile(kTwo);
  profile.Function(1, "leak").Sample({1}, {3, 300});
  const Dump dump = ReadOne(Gzip(profile.bytes()));
  ASSERT_THAT(dump.sites, SizeIs(1));
  EXPECT_EQ(dump.sites[0].live_samples, 3u);
  EXPECT_EQ(dump.sites[0].born_bytes, std::nullopt);
  EXPECT_EQ(dump.time_s, std::nullopt);
  EXPECT_EQ(dump.sample_bytes, 0u);
}

TEST(PprofReader, FourColumnsTellTheDeadToo) {
  ProfileProto profile(kFour);
  profile.Function(1, "leak").Sample({1}, {10, 1000, 3, 300}).TimeNanos(1'500'000'000);
  const Dump dump = ReadOne(profile.bytes());
  ASSERT_THAT(dump.sites, SizeIs(1));
  EXPECT_EQ(dump.sites[0].born_bytes, 1000);
  EXPECT_EQ(dump.sites[0].died_bytes, 700);
  EXPECT_EQ(dump.sites[0].born_samples, 10u);
  EXPECT_EQ(dump.sites[0].died_samples, 7u);
  EXPECT_EQ(dump.time_s, 1.5);
}

TEST(PprofReader, ColumnsOfTcmallocAreFoundByName) {
  ProfileProto profile(
      {{"objects", "count"}, {"space", "bytes"}, {"resident_space", "bytes"}, {"stale_space", "bytes"}});
  profile.Function(1, "leak").Sample({1}, {3, 300, 299, 298});
  EXPECT_EQ(ReadOne(profile.bytes()).sites.at(0).live_bytes, 300);
}

TEST(PprofReader, SamplesThatDifferByLabelsAloneAreOneSite) {
  ProfileProto profile(kTwo);
  profile.Function(1, "leak").Sample({1}, {3, 300}).Sample({1}, {2, 128});
  const Dump dump = ReadOne(profile.bytes());
  ASSERT_THAT(dump.sites, SizeIs(1));
  EXPECT_EQ(dump.sites[0].live_bytes, 428);
  EXPECT_EQ(dump.sites[0].live_samples, 5u);
}

TEST(PprofReader, RawSamplesAreWorkedOutOfScaledValues) {
  constexpr uint64_t kPeriod = 524288;
  constexpr double kObjectBytes = 4096, kSamples = 25;
  const double objects = kSamples / -std::expm1(-kObjectBytes / kPeriod);
  ProfileProto profile(kTwo);
  profile.Period(kPeriod).Function(1, "leak").Sample({1},
                                                     {std::llround(objects), std::llround(objects * kObjectBytes)});
  const Dump dump = ReadOne(profile.bytes());
  EXPECT_EQ(dump.sample_bytes, kPeriod);
  EXPECT_EQ(dump.sites.at(0).live_samples, 25u);
  EXPECT_NEAR(dump.sites.at(0).live_bytes, objects * kObjectBytes, 1);
}

TEST(PprofReader, InlinedCallsAreFramesAtOnePlaceOfTheModule) {
  ProfileProto profile(kTwo);
  profile.Mapping(1, 0x400000, 0x1000, "/bin/daemon", "c0ffee").Function(1, "inner").Function(2, "outer");
  profile.Location(3, {1, 2}, 0x400123, 1).Sample({3}, {1, 10});
  const Dump dump = ReadOne(profile.bytes());
  ASSERT_THAT(dump.sites.at(0).stack, SizeIs(2));
  const Frame& inner = dump.frames[dump.sites[0].stack[0]];
  const Frame& outer = dump.frames[dump.sites[0].stack[1]];
  EXPECT_EQ(inner.function, "inner");
  EXPECT_EQ(outer.function, "outer");
  for (const Frame& frame : {inner, outer}) {
    EXPECT_EQ(frame.module, "/bin/daemon");
    EXPECT_EQ(frame.build_id, "c0ffee");
    EXPECT_EQ(frame.offset, 0x1123u);
    EXPECT_EQ(frame.line, 7);
  }
}

TEST(PprofReader, IdsNeedNoOrder) {
  ProfileProto profile(kTwo);
  profile.Function(~uint64_t{0}, "last").Function(70, "leak").Sample({70, ~uint64_t{0}}, {1, 10});
  const Dump dump = ReadOne(profile.bytes());
  EXPECT_EQ(dump.frames[dump.sites.at(0).stack.at(0)].function, "leak");
  EXPECT_EQ(dump.frames[dump.sites.at(0).stack.at(1)].function, "last");
}

TEST(PprofReader, ProfilesOfOtherThingsAreRefusedByTheirNames) {
  ProfileProto profile({{"samples", "count"}, {"cpu", "nanoseconds"}});
  profile.Function(1, "busy").Sample({1}, {1, 10});
  EXPECT_EQ(Complaint(profile.bytes()),
            "dump: byte 0: sample types are samples, cpu, expected inuse_space, space or heap_space in bytes");
}

TEST(PprofReader, DifferencesOfProfilesAreRefused) {
  ProfileProto profile(kTwo);
  profile.Function(1, "leak");
  const size_t byte = profile.bytes().size();
  profile.Sample({1}, {1, -10});
  EXPECT_EQ(Complaint(profile.bytes()),
            "dump: byte " + std::to_string(byte) + ": value -10, expected a heap profile, not a difference");
}

TEST(PprofReader, BrokenReferencesNameTheByte) {
  ProfileProto profile(kTwo);
  const size_t byte = profile.bytes().size();
  profile.Sample({9}, {1, 10});
  EXPECT_EQ(Complaint(profile.bytes()), "dump: byte " + std::to_string(byte) + ": no location has id 9");
  EXPECT_THAT(Complaint(ProfileProto(kTwo).Location(1, {4}, 0, 0).bytes()), HasSubstr("no function has id 4"));
  EXPECT_THAT(Complaint(ProfileProto(kTwo).Function(1, "f").Function(1, "g").bytes()),
              HasSubstr("function id 1 given twice"));
  EXPECT_THAT(Complaint(ProfileProto(kTwo).Function(0, "f").bytes()), HasSubstr("function without an id"));
  EXPECT_THAT(Complaint(ProfileProto(kTwo).Function(1, "f").Sample({1}, {1}).bytes()),
              HasSubstr("sample with 1 values, expected 2"));
}

TEST(PprofReader, LengthsBeyondTheFileAreNotBelieved) {
  ProfileProto profile(kTwo);
  const size_t byte = profile.bytes().size();
  const std::string four_gigabytes = "\x12\xff\xff\xff\xff\x0f";
  EXPECT_THAT(Complaint(profile.bytes() + four_gigabytes),
              HasSubstr("byte " + std::to_string(byte) + ": a field of 4294967295 bytes, but only 0 are left"));
  const std::string whose_low_bits_fit = std::string("\x12\x82\x80\x80\x80\x10\x08\x01", 8);
  EXPECT_THAT(Complaint(profile.bytes() + whose_low_bits_fit),
              HasSubstr("a field of 4294967298 bytes, but only 2 are left"));
}

TEST(PprofReader, ZipBombsEndAtTheLimit) {
  ProfileProto profile(kTwo);
  const std::string bomb = Gzip(profile.bytes() + std::string(size_t{129} << 20, '\0'));
  EXPECT_LT(bomb.size(), 200'000u);
  EXPECT_EQ(Complaint(bomb), "dump: byte 134217728: profile goes on, expected its end before");
}

TEST(PprofReader, NamesRepeatedByEveryLocationAreBounded) {
  ProfileProto profile(kTwo);
  profile.Function(1, std::string(1 << 20, 'x'));
  for (uint64_t id = 2; id < 200; ++id) profile.Location(id, {1}, 0, 0);
  EXPECT_THAT(Complaint(profile.bytes()), HasSubstr("names of its frames are longer than 134217728 bytes together"));
}

TEST(PprofReader, AFileCutAnywhereIsReadOrRefusedInOneLine) {
  const std::string whole = ReadBytes(HEADROOM_TEST_DATA "/go-pprof/heap.00.pb.gz");
  ASSERT_GT(whole.size(), 1000u);
  for (size_t size = 1; size < whole.size(); size += 7) {
    const Findings findings = ReadText(whole.substr(0, size));
    ASSERT_THAT(findings.dumps, IsEmpty()) << size;
    ASSERT_THAT(findings.complaints, SizeIs(1)) << size;
    ASSERT_EQ(findings.complaints[0].find('\n'), std::string::npos);
  }
}

TEST(PprofReader, DamagedBytesNeverCrashIt) {
  ProfileProto profile(kFour);
  profile.Mapping(1, 0x1000, 0, "/bin/daemon", "c0ffee").Function(1, "leak", 0x1100, 1).Function(2, "main", 0x1200, 1);
  for (int i = 0; i < 10; ++i) profile.Sample({1, 2}, {10, 1000, 3, 300}).UnpackedSample({2}, {1, 1, 1, 1});
  std::mt19937 random(4711);
  size_t refused = 0;
  for (int round = 0; round < 500; ++round) {
    std::string damaged = profile.bytes();
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    const Findings findings = ReadText(damaged);
    ASSERT_EQ(findings.dumps.size() + findings.complaints.size(), 1u);
    refused += findings.complaints.size();
  }
  EXPECT_GT(refused, 150u);
}

}  // namespace
}  // namespace headroom
