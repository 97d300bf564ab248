#include "alarm/sinks/alertmanager_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/http_peer.h"

namespace headroom {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using ::testing::StartsWith;

constexpr double kNow = 1714584123.25;

AlertmanagerSink SinkAt(uint16_t port, std::string path = "/", milliseconds patience = milliseconds(10'000)) {
  return AlertmanagerSink("http://127.0.0.1", {"127.0.0.1", port, std::move(path)}, patience);
}

AlarmEvent At(double time_s, AlarmState state = AlarmState::kFiring) {
  AlarmEvent event = ExampleEvent();
  event.time_s = time_s;
  event.state = state;
  return event;
}

TEST(AlertmanagerSink, AnEventIsPostedToTheApi) {
  HttpPeer peer;
  AlertmanagerSink sink = SinkAt(peer.port());
  EXPECT_TRUE(sink.Deliver(ExampleEvent()));
  EXPECT_THAT(peer.requests().at(0), StartsWith("POST /api/v2/alerts HTTP/1.1\r\n"));
  EXPECT_EQ(json::parse(peer.LastBody()).size(), 1u);
  EXPECT_EQ(sink.waiting(), 0u);
}

TEST(AlertmanagerSink, APrefixIsKeptAndTheFullPathIsUnderstood) {
  HttpPeer peer;
  EXPECT_TRUE(SinkAt(peer.port(), "/alertmanager/").Retry(kNow));
  EXPECT_THAT(peer.requests().at(0), StartsWith("POST /alertmanager/api/v2/alerts HTTP/1.1\r\n"));
  EXPECT_TRUE(SinkAt(peer.port(), "/api/v2/alerts").Retry(kNow));
  EXPECT_THAT(peer.requests().at(1), StartsWith("POST /api/v2/alerts HTTP/1.1\r\n"));
}

TEST(AlertmanagerSink, WhatGoesOnIsToldAgainEachMinuteUntilItIsResolved) {
  HttpPeer peer;
  AlertmanagerSink sink = SinkAt(peer.port());
  EXPECT_TRUE(sink.Deliver(At(kNow)));
  EXPECT_FALSE(sink.HasWork(kNow + 59));
  EXPECT_TRUE(sink.HasWork(kNow + 60));
  EXPECT_TRUE(sink.Retry(kNow + 60));
  EXPECT_EQ(peer.requests().size(), 2u);
  EXPECT_FALSE(json::parse(peer.LastBody())[0].contains("endsAt"));
  EXPECT_TRUE(sink.Deliver(At(kNow + 90, AlarmState::kResolved)));
  EXPECT_TRUE(json::parse(peer.LastBody())[0].contains("endsAt"));
  EXPECT_FALSE(sink.HasWork(kNow + 1000));
}

TEST(AlertmanagerSink, WithNoAlarmThereIsNothingToTellAgain) {
  HttpPeer peer;
  AlertmanagerSink sink = SinkAt(peer.port());
  EXPECT_TRUE(sink.Retry(kNow));
  EXPECT_EQ(peer.LastBody(), "[]");
  EXPECT_FALSE(sink.HasWork(kNow + 1000));
}

TEST(AlertmanagerSink, WhileItIsDownEventsWaitAndItIsTriedWithPauses) {
  const uint16_t port = TcpListener().port();
  AlertmanagerSink sink = SinkAt(port);
  EXPECT_FALSE(sink.Deliver(At(kNow)));
  EXPECT_EQ(sink.last_error(), "Connection refused");
  EXPECT_EQ(sink.waiting(), 1u);
  HttpPeer back("HTTP/1.1 200 OK\r\n\r\n", port);
  EXPECT_FALSE(sink.Retry(kNow + 0.5)) << "the pause is not over";
  EXPECT_EQ(back.requests().size(), 0u);
  EXPECT_TRUE(sink.Retry(kNow + 1));
  EXPECT_EQ(json::parse(back.LastBody()).size(), 1u);
  EXPECT_EQ(sink.waiting(), 0u);
  EXPECT_EQ(sink.lost(), 0u);
}

TEST(AlertmanagerSink, OneThatRestartedLearnsOfAllThatGoesOn) {
  AlarmEvent other = At(kNow);
  other.id = "other";
  auto first = std::make_unique<HttpPeer>();
  const uint16_t port = first->port();
  AlertmanagerSink sink = SinkAt(port);
  EXPECT_TRUE(sink.Deliver(At(kNow)));
  EXPECT_TRUE(sink.Deliver(other));
  first.reset();
  HttpPeer second("HTTP/1.1 200 OK\r\n\r\n", port);
  EXPECT_TRUE(sink.Retry(kNow + 60));
  EXPECT_EQ(json::parse(second.LastBody()).size(), 2u);
}

TEST(AlertmanagerSink, OneThatAcceptsAndNeverAnswersCostsItsPatienceOnceAPause) {
  TcpListener silent;
  AlertmanagerSink sink = SinkAt(silent.port(), "/", milliseconds(30));
  EXPECT_FALSE(sink.Deliver(At(kNow)));
  EXPECT_EQ(sink.last_error(), "it does not answer in time");
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(sink.Deliver(At(kNow + 0.5)));
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(2000));
}

TEST(AlertmanagerSink, ARefusalIsNamed) {
  HttpPeer peer("HTTP/1.1 404 Not Found\r\n\r\n");
  AlertmanagerSink sink = SinkAt(peer.port());
  EXPECT_FALSE(sink.Retry(kNow));
  EXPECT_EQ(sink.last_error(), "it answers with HTTP status 404");
}

TEST(AlertmanagerSink, ANoteIsAnAlertOfItsOwn) {
  HttpPeer peer;
  AlertmanagerSink sink = SinkAt(peer.port());
  EXPECT_TRUE(sink.Note(kNow, Code::kSinkFails, "alarms do not reach syslog"));
  EXPECT_EQ(json::parse(peer.LastBody())[0]["labels"]["alertname"], "HeadroomNote");
  EXPECT_FALSE(sink.HasWork(kNow + 60));
}

}  // namespace
}  // namespace headroom
