#include "agent/alarm_desk.h"

#include <unistd.h>

#include <algorithm>
#include <memory>

#include "agent/agent_log.h"
#include "agent/alarm_callback.h"
#include "agent/process.h"
#include "alarm/sinks/alertmanager_sink.h"
#include "alarm/sinks/exec_sink.h"
#include "alarm/sinks/file_sink.h"
#include "alarm/sinks/journald_sink.h"
#include "alarm/sinks/stderr_sink.h"
#include "alarm/sinks/syslog_sink.h"

namespace headroom {

namespace {

std::unique_ptr<AlarmSink> MakeSink(const AlarmSinkSpec& spec) {
  using Kind = AlarmSinkSpec::Kind;
  switch (spec.kind) {
    case Kind::kFile:
      return std::make_unique<FileSink>(spec.path);
    case Kind::kJournald:
      return std::make_unique<JournaldSink>();
    case Kind::kSyslog:
      return std::make_unique<SyslogSink>();
    case Kind::kExec:
      return std::make_unique<ExecSink>(spec.path);
    case Kind::kHttp:
      return std::make_unique<AlertmanagerSink>(spec.text, HttpEndpoint{spec.address, spec.port, spec.path});
    case Kind::kStderr:
      break;
  }
  return std::make_unique<StderrSink>(STDERR_FILENO, process.standard_error);
}

std::vector<std::unique_ptr<AlarmSink>> MakeSinks(const Options& options) {
  std::vector<std::unique_ptr<AlarmSink>> sinks;
  for (const AlarmSinkSpec& spec : options.alarm_sinks) sinks.push_back(MakeSink(spec));
  return sinks;
}

}  // namespace

AlarmDesk::AlarmDesk(const Options& options) : dispatch_(MakeSinks(options)) {}

void AlarmDesk::Deliver(const AlarmEvent& event) {
  dispatch_.Deliver(event);
  const bool is_behind = !alarm_callback.Post(event);
  if (is_behind && !is_callback_behind_) {
    Log(LogLevel::kError, Code::kSinkFails, "alarms do not reach the program's callback: it does not keep up");
  }
  is_callback_behind_ = is_behind;
}

void AlarmDesk::Retry(double time_s) {
  dispatch_.Retry(time_s);
  const std::vector<SinkStatus> sinks = status();
  const bool all_fail = std::ranges::none_of(sinks, [](const SinkStatus& sink) { return sink.error.empty(); });
  if (all_fail && !all_fail_) {
    Log(LogLevel::kError, Code::kNoSinkWorks, "alarms do not reach " + sinks.front().name + ": " + sinks.front().error);
  }
  all_fail_ = all_fail;
}

}  // namespace headroom
