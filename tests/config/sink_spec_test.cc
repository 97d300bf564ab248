#include "config/sink_spec.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

using Kind = AlarmSinkSpec::Kind;

TEST(SinkSpec, KeepsTheTextAsItWasWritten) {
  for (const char* text : {"stderr", "journald", "syslog", "file:/a", "exec:/a b", "http://localhost:9093"})
    EXPECT_EQ(ParseSink(text).value().text, text);
}

TEST(SinkSpec, EachKindHasItsName) {
  EXPECT_EQ(ParseSink("stderr")->kind, Kind::kStderr);
  EXPECT_EQ(ParseSink("journald")->kind, Kind::kJournald);
  EXPECT_EQ(ParseSink("syslog")->kind, Kind::kSyslog);
}

TEST(SinkSpec, AFileNeedsAnAbsolutePath) {
  EXPECT_EQ(ParseSink("file:/var/log/a b.jsonl")->path, "/var/log/a b.jsonl");
  for (const char* text : {"file:", "file:relative", "file:/", "file:/dir/", "file"})
    EXPECT_FALSE(ParseSink(text)) << text;
}

TEST(SinkSpec, ACommandNeedsAnAbsolutePath) {
  EXPECT_EQ(ParseSink("exec:/bin/page")->path, "/bin/page");
  EXPECT_EQ(ParseSink("exec:/bin/page --team a")->path, "/bin/page --team a");
  for (const char* text : {"exec:", "exec:page", "exec: /bin/page", "exec:/bin/", "exec:/bin/ x", "exec"})
    EXPECT_FALSE(ParseSink(text)) << text;
}

TEST(SinkSpec, AUrlIsTakenApart) {
  const AlarmSinkSpec plain = ParseSink("http://10.0.0.1:9093").value();
  EXPECT_EQ(plain.kind, Kind::kHttp);
  EXPECT_EQ(plain.address, "10.0.0.1");
  EXPECT_EQ(plain.port, 9093);
  EXPECT_EQ(plain.path, "/");
  const AlarmSinkSpec v6 = ParseSink("http://[::1]:80/am/").value();
  EXPECT_EQ(v6.address, "::1");
  EXPECT_EQ(v6.port, 80);
  EXPECT_EQ(v6.path, "/am/");
  EXPECT_EQ(ParseSink("http://localhost:9093/")->address, "127.0.0.1");
}

TEST(SinkSpec, AUrlNeedsANumericAddressAndAPort) {
  for (const char* text : {"http://", "http:///", "http://127.0.0.1/", "http://127.0.0.1:/", "http://127.0.0.1:0/",
                           "http://127.0.0.1:65536/", "http://127.0.0.1:9093x/", "http://alertmanager:9093/",
                           "http://127.1:9093/", "http://::1:9093/", "http://[127.0.0.1]:9093/", "http://:9093/",
                           "https://127.0.0.1:9093/", "http://127.0.0.1:9093/a b", "http://127.0.0.1:9093/a\r\nX: y"}) {
    EXPECT_FALSE(ParseSink(text)) << text;
  }
}

}  // namespace
}  // namespace headroom
