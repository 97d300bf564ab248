#include "alarm/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace headroom {
namespace {

template <typename Write>
std::string Json(Write write) {
  FixedText<4096> out;
  JsonWriter json(out);
  write(json);
  return std::string(out.view());
}

std::string Number(double value) {
  return Json([value](JsonWriter& json) { json.Number(value); });
}

TEST(JsonWriter, ContainersAreSeparatedByCommas) {
  const std::string text = Json([](JsonWriter& json) {
    json.BeginObject();
    json.Key("a").BeginArray();
    json.Number(1);
    json.BeginObject().EndObject();
    json.BeginArray().EndArray();
    json.Null();
    json.EndArray();
    json.Key("b").Bool(true);
    json.EndObject();
  });
  EXPECT_EQ(text, R"({"a":[1,{},[],null],"b":true})");
}

TEST(JsonWriter, EveryByteSequenceIsAValidString) {
  std::string all;
  for (int first = 0; first < 256; ++first) {
    for (const char second : {'a', '\x80', '\xbf', '\xff', '"', '\\', '\0'})
      (all += static_cast<char>(first)) += second;
  }
  FixedText<32768> out;
  JsonWriter(out).String(all, 30000);
  const auto parsed = nlohmann::json::parse(out.view());  // throws where the text is not valid UTF-8 or not JSON
  EXPECT_EQ(parsed.get<std::string>().substr(0, 2), std::string("\0a", 2));
  EXPECT_EQ(out.view().find_first_of(std::string("\n\r\t\0", 4)), std::string_view::npos) << "one line";
}

TEST(JsonWriter, TextComesBackAsItWas) {
  const std::string name = "Queue<\"a\\b\">::Push\n\t\x01 \u00e9 \U0001F600";
  const std::string text = Json([&name](JsonWriter& json) { json.String(name); });
  EXPECT_EQ(nlohmann::json::parse(text).get<std::string>(), name);
}

TEST(JsonWriter, LongTextIsCutByItsEscapedLength) {
  const std::string text = Json([](JsonWriter& json) { json.String(std::string(500, '\x01'), 64); });
  EXPECT_LE(text.size(), 64u + 2);
  EXPECT_TRUE(nlohmann::json::parse(text).get<std::string>().ends_with("\u2026"));
}

TEST(JsonWriter, NumbersAreFiniteAndPlain) {
  EXPECT_EQ(Number(std::nan("")), "null");
  EXPECT_EQ(Number(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(Number(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(Number(-0.0), "0");
  EXPECT_EQ(Number(12.3456789), "12.346");
  EXPECT_EQ(Number(0.00123456), "0.001235");
  EXPECT_EQ(Number(1714584123.25), "1714584123.25");
}

TEST(JsonWriter, UnknownTimeIsNull) {
  EXPECT_EQ(Json([](JsonWriter& json) { json.Time(0); }), "null");
  EXPECT_EQ(Json([](JsonWriter& json) { json.Time(std::nan("")); }), "null");
  EXPECT_EQ(Json([](JsonWriter& json) { json.Time(1714584123.25); }), R"("2024-05-01T17:22:03.250Z")");
}

TEST(JsonWriter, AnElementIsTakenBackWithItsComma) {
  const std::string text = Json([](JsonWriter& json) {
    json.BeginArray();
    json.Number(1);
    const auto mark = json.mark();
    json.Number(2);
    json.Rewind(mark);
    json.EndArray();
  });
  EXPECT_EQ(text, "[1]");
}

}  // namespace
}  // namespace headroom
