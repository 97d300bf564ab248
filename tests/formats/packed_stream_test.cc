#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kLine[] = "{\"time_s\": 1, \"sites\": []}\n";

std::string Repeated(size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text += kLine;
  return text;
}

std::string Gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstandard(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

TEST(PackedStream, GzipAndZstdAreUnpackedByContent) {
  constexpr size_t kLines = 100000;  // more than any buffer
  EXPECT_EQ(ReadText(Gzipped(Repeated(kLines))).dumps.size(), kLines);
  EXPECT_EQ(ReadText(Zstandard(Repeated(kLines))).dumps.size(), kLines);
}

TEST(PackedStream, PartsThatFollowEachOtherAreOneContent) {
  EXPECT_EQ(ReadText(Gzipped(kLine) + Gzipped(kLine)).dumps.size(), 2u);
  EXPECT_EQ(ReadText(Zstandard(kLine) + Zstandard(kLine)).dumps.size(), 2u);
}

TEST(PackedStream, WhatIsCutOffIsNamedAndTheRestRead) {
  const std::string gzip = Gzipped(Repeated(100000));
  const Findings cut = ReadText(gzip.substr(0, gzip.size() / 2));
  EXPECT_GT(cut.dumps.size(), 1000u);
  EXPECT_THAT(cut.complaints, testing::Contains("dump: ends in the middle of its gzip data"));
  const std::string zstd = Zstandard(Repeated(100000));
  EXPECT_THAT(ReadText(zstd.substr(0, zstd.size() / 2)).complaints,
              testing::Contains("dump: ends in the middle of its zstd data"));
}

TEST(PackedStream, DamageIsNamed) {
  std::string gzip = Gzipped(Repeated(1000));
  gzip[gzip.size() / 2] ^= 0x55;
  EXPECT_THAT(ReadText(gzip).complaints, testing::Contains(HasSubstr("gzip data")));
  std::string zstd = Zstandard(Repeated(1000));
  zstd[4] ^= 0x08;  // a reserved bit
  EXPECT_THAT(ReadText(zstd).complaints, testing::Contains(HasSubstr("dump: has damaged zstd data")));
}

}  // namespace
}  // namespace headroom
