#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

#include "alarm/names.h"
#include "analysis/analyzer.h"
#include "cli/command.h"
#include "cli/dump_source.h"
#include "cli/post_mortem.h"
#include "cli/series_files.h"
#include "cli/terminal.h"
#include "config/option_types.h"
#include "debuginfo/name_dump.h"
#include "report/html_report.h"
#include "formats/flight_recorder_reader.h"
#include "formats/reader.h"
#include "host/status_parser.h"
#include "recorder/reader.h"
#include "report/json_report.h"
#include "report/replay_text.h"
#include "report/text_report.h"

namespace headroom {
namespace {

struct AnalyzeRequest {
  std::vector<std::string> paths;
  std::string format = "text";
  std::string output;
  std::string limit;
  std::string every;
  std::string suppressions;
  bool is_replay = false;
};

constexpr size_t kMostThreads = 4;
constexpr Bounds kLimitBounds = {"1B", "1048576GiB"};
constexpr Bounds kEveryBounds = {"1ms", "3650d"};

// As read from the flag; a bad value is wrong usage.
template <typename Option>
typename Option::Value Parse(const std::string& flag, const std::string& text, Bounds bounds) {
  const auto value = Option::Parse(text, bounds);
  if (!value) throw CLI::ValidationError(flag + "=" + text + " is not taken; it takes " + Option::Takes(bounds));
  return *value;
}

std::string ReadSmallFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  if (!file) throw CLI::ValidationError("--suppress=" + path + " cannot be read: " + std::strerror(errno));
  return content.str();
}

AnalysisOptions OptionsFrom(const AnalyzeRequest& request) {
  AnalysisOptions options;
  if (!request.limit.empty()) options.limit_bytes = Parse<SizeOption>("--limit", request.limit, kLimitBounds);
  if (!request.every.empty()) {
    options.every_s =
        std::chrono::duration<double>(Parse<DurationOption>("--every", request.every, kEveryBounds)).count();
  }
  if (!request.suppressions.empty()) {
    const auto error = options.suppressions.Add(ReadSmallFile(request.suppressions), request.suppressions);
    if (error) throw CLI::ValidationError(*error);
  }
  return options;
}

// The limit that users give the agent, for people.
void CallLimitByItsOption(Report& report) {
  for (LifeReport& life : report.lives) {
    for (SiteReport& site : life.sites) {
      Exhaustion& end = site.event.verdict.exhaustion;
      end.limit = LimitWords(end.limit);
    }
  }
}

std::string Rendered(const AnalyzeRequest& request, const Report& report) {
  if (request.format == "html") return HtmlReport(report);
  if (request.format == "json") return JsonReport(report);
  return TextReport(report, request.output.empty() ? StandardOutputStyle() : TextStyle());
}

std::string Rendered(const AnalyzeRequest& request, const Analysis& analysis) {
  if (!request.is_replay) return Rendered(request, analysis.report);
  const bool is_json = request.format == "json";
  std::string text;
  for (const AlarmEvent& event : analysis.events) text += is_json ? JsonLine(event) : ReplayText(event);
  return text;
}

void Deliver(const std::string& text, const std::string& output) {
  if (output.empty() || output == "-") {
    std::cout << text << std::flush;
    return;
  }
  std::ofstream file(output, std::ios::binary);
  file << text << std::flush;
  if (!file) throw CLI::ValidationError("-o " + output + " cannot be written: " + std::strerror(errno));
}

bool IsFound(const AnalyzeRequest& request, const Analysis& analysis) {
  if (!request.is_replay) return HasLeak(analysis.report);
  return !analysis.events.empty();
}

// Always a regular file: what comes through a pipe can be read but once.
bool IsFlightRecorder(const std::vector<std::string>& paths) {
  std::error_code error;
  if (paths.size() != 1 || !std::filesystem::is_regular_file(paths.front(), error)) return false;
  const Format* format = Sniff(Input(paths.front()).head());
  return format != nullptr && format->read == ReadFlightRecorder;
}

// What the process's own agent had found, from its last record.
int RunPostMortem(const AnalyzeRequest& request) {
  const std::string& path = request.paths.front();
  const Record record = ReadRecord(path);
  const ParsedStatus parsed = record.error.empty() ? ParseStatus(record.json) : ParsedStatus{{}, record.error};
  if (!parsed.error.empty()) {
    PrintMessage(path + ": " + parsed.error);
    return kExitUnreadable;
  }
  Analysis analysis;
  analysis.report = PostMortem(parsed.status);
  if (request.format != "json") CallLimitByItsOption(analysis.report);
  Deliver(Rendered(request, analysis), request.output);
  return parsed.status.alarms.empty() ? kExitNothingFound : kExitLeakFound;
}

// Dumps come and go by the thousand, and are of one size: to give their pages back each time costs as much as to read them.
void KeepFreedMemory() {
  constexpr int kLargestPartBytes = 32 << 20;  // the most that is taken
  constexpr int kMostKeptBytes = 256 << 20;
  mallopt(M_MMAP_THRESHOLD, kLargestPartBytes);
  mallopt(M_TRIM_THRESHOLD, kMostKeptBytes);
}

int Run(const AnalyzeRequest& request) {
  if (request.is_replay && request.format == "html") {
    throw CLI::ValidationError("--replay tells alarms one after the other: it takes --format=text or json");
  }
  if (!request.is_replay && IsFlightRecorder(request.paths)) return RunPostMortem(request);
  AnalysisOptions options = OptionsFrom(request);
  const std::vector<SeriesFile> files = FindSeriesFiles(request.paths);
  if (files.empty()) {
    PrintMessage(request.paths.front() + ": the directory holds no files, expected heap dumps");
    return kExitUnreadable;
  }
  FrameNamer namer;
  const double newest_s = std::ranges::max(files, {}, &SeriesFile::mtime_s).mtime_s;
  options.name_stack = [&](const std::vector<Frame>& stack) { return namer.Named(stack, newest_s); };
  options.threads = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
  KeepFreedMemory();
  TerminalProgress bar;
  const Analysis analysis = Analyze(files, options, [&bar](const Progress& progress) { bar.Show(progress); });
  for (const std::string& complaint : analysis.complaints) PrintMessage(complaint);
  if (!analysis.refusal.empty()) {
    PrintMessage(analysis.refusal);
    return kExitWrongUsage;
  }
  TellDistrusted(namer);
  if (!analysis.report.lives.empty()) Deliver(Rendered(request, analysis), request.output);
  if (!analysis.complaints.empty()) return kExitUnreadable;
  return IsFound(request, analysis) ? kExitLeakFound : kExitNothingFound;
}

}  // namespace

void AddAnalyzeCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "analyze", "Read a series of heap dumps and say what leaks, how fast, since when and how much time is left.");
  auto request = std::make_shared<AnalyzeRequest>();
  command->add_option("series", request->paths, "files of dumps, or directories of such, of one process")
      ->type_name("FILE|DIR")
      ->required();
  command->add_option("--format", request->format, "text, json: one alarm event a line, or html: a page to look at")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->type_name("FORMAT");
  command->add_option("-o,--output", request->output, "write to this file instead of standard output")
      ->type_name("FILE");
  command->add_option("--limit", request->limit, "what the process may use, for the time left")->type_name("SIZE");
  command->add_option("--every", request->every, "time between dumps that carry none")->type_name("DURATION");
  command
      ->add_option("--suppress", request->suppressions,
                   "leaks not to tell, a line leak:PATTERN each, as for LeakSanitizer")
      ->type_name("FILE");
  command->add_flag("--replay", request->is_replay, "print every alarm that the agent would have raised, at its time");
  command->callback([request, &invocation] { invocation.action = [request] { return Run(*request); }; });
}

}  // namespace headroom
