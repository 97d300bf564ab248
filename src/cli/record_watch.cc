#include "cli/record_watch.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cli/record_target.h"
#include "host/status_parser.h"
#include "recorder/reader.h"

namespace headroom {
namespace {

double Now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

bool Runs(int64_t pid) { return pid > 0 && access(("/proc/" + std::to_string(pid)).c_str(), F_OK) == 0; }

}  // namespace

RecordWatch::RecordWatch(std::string argument) : argument_(std::move(argument)) {}

void RecordWatch::Look() {
  viewing_.now_s = Now();
  Read();
}

void RecordWatch::Read() {
  const RecordTarget target = FindRecordTarget(argument_);
  if (target.path.empty()) return Fail(target.problem);
  const Record record = ReadRecord(target.path);
  if (!record.error.empty()) return Fail(target.path + ": " + record.error);
  ParsedStatus parsed = ParseStatus(record.json);
  if (!parsed.error.empty()) return Fail(target.path + ": " + parsed.error);
  status_ = std::move(parsed.status);
  sequence_ = record.sequence;
  problem_.clear();
  viewing_.trouble.clear();
  NameFrames();
  LookForProcess(target.process_is_gone);
}

void RecordWatch::Fail(const std::string& message) {
  if (!has_status()) problem_ = message;
  viewing_.trouble = message;
  LookForProcess(false);
}

// A number in a file may be that of another host or container: it is believed once the process was seen here.
void RecordWatch::LookForProcess(bool is_known_to_be_gone) {
  const bool runs = Runs(status_.pid);
  was_seen_alive_ = was_seen_alive_ || runs;
  viewing_.process_is_gone = is_known_to_be_gone || (was_seen_alive_ && !runs);
}

void RecordWatch::NameFrames() {
  for (SiteStatus& site : status_.top_sites) {
    const bool is_open = open_site_ != 0 && site.site_key == open_site_;
    const bool has_nameless = std::ranges::any_of(site.frames, [](const Frame& f) { return f.function.empty(); });
    if (is_open || has_nameless) site.frames = namer_.WithLines(site.frames);
  }
}

}  // namespace headroom
