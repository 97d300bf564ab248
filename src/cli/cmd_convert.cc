#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/dump_source.h"
#include "cli/series_files.h"
#include "formats/folded_writer.h"
#include "formats/jsonl_writer.h"
#include "formats/pprof_writer.h"
#include "formats/speedscope_writer.h"

namespace headroom {
namespace {

struct Target {
  std::string_view name;
  std::string_view extension;
  std::string (*write)(const Dump&);
  bool is_series;  // one file holds any number of dumps, one behind the other
};

constexpr Target kTargets[] = {
    {"pprof", ".pb.gz", WritePprof, false},
    {"folded", ".folded", WriteFolded, false},
    {"speedscope", ".speedscope.json", WriteSpeedscope, false},
    {"jsonl", ".jsonl", JsonlLine, true},
};

const Target& TargetOf(const std::string& name) {
  for (const Target& target : kTargets) {
    if (target.name == name) return target;
  }
  throw CLI::ValidationError("--to " + name + " is not taken");
}

struct ConvertRequest {
  std::vector<std::string> paths;
  std::string to;
  std::string output;
};

class Output {
 public:
  explicit Output(const std::string& path) : path_(path) {
    if (!IsStandard()) file_.open(path, std::ios::binary);
    Check();
  }

  void Write(const std::string& bytes) {
    stream() << bytes << std::flush;
    Check();
  }

 private:
  bool IsStandard() const { return path_.empty() || path_ == "-"; }
  std::ostream& stream() { return IsStandard() ? std::cout : file_; }
  void Check() {
    if (!stream()) throw CLI::ValidationError("-o " + path_ + " cannot be written: " + std::strerror(errno));
  }

  std::string path_;
  std::ofstream file_;
};

// NAME.EXTENSION beside each other in a directory, NAME.0001.EXTENSION where a file holds several dumps.
class NumberedFiles {
 public:
  NumberedFiles(std::string directory, const Target& target) : directory_(std::move(directory)), target_(target) {}

  void BeginFile(const std::string& path) {
    name_ = std::filesystem::path(path).filename();
    number_ = 0;
  }

  void Write(const Dump& dump) {
    std::string name = name_;
    if (++number_ > 1) name += "." + std::to_string(number_);
    Output(directory_ / (name + std::string(target_.extension))).Write(target_.write(dump));
  }

 private:
  std::filesystem::path directory_;
  const Target& target_;
  std::string name_;
  size_t number_ = 0;
};

void ConvertEach(const std::vector<SeriesFile>& files, const std::string& directory, const Target& target,
                 DumpSource& source) {
  NumberedFiles numbered(directory, target);
  for (const SeriesFile& file : files) {
    numbered.BeginFile(file.path);
    source.ForEach(file.path, [&numbered](const Dump& dump) { numbered.Write(dump); });
  }
}

void ConvertSeries(const std::vector<SeriesFile>& files, const std::string& path, const Target& target,
                   DumpSource& source) {
  Output output(path);
  for (const SeriesFile& file : files) {
    source.ForEach(file.path, [&](const Dump& dump) { output.Write(target.write(dump)); });
  }
}

void ConvertOne(const std::string& file, const std::string& path, const Target& target, DumpSource& source) {
  const std::optional<Dump> dump = source.Last(file);
  if (dump) Output(path).Write(target.write(*dump));
}

int Convert(const ConvertRequest& request) {
  const Target& target = TargetOf(request.to);
  const std::vector<SeriesFile> files = FindSeriesFiles(request.paths);
  if (files.empty()) {
    PrintMessage(request.paths.front() + ": the directory holds no files, expected heap dumps");
    return kExitUnreadable;
  }
  DumpSource source;
  if (std::filesystem::is_directory(request.output)) {
    ConvertEach(files, request.output, target, source);
  } else if (target.is_series) {
    ConvertSeries(files, request.output, target, source);
  } else if (files.size() == 1) {
    ConvertOne(files.front().path, request.output, target, source);
  } else {
    throw CLI::ValidationError("a file of " + request.to + " holds one dump: give a directory with -o for " +
                               std::to_string(files.size()) + " files");
  }
  TellDistrusted(source.namer());
  return source.is_sound() ? kExitNothingFound : kExitUnreadable;
}

}  // namespace

void AddConvertCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "convert", "Write heap dumps of any format in another one, with functions and lines where the modules are here.");
  auto request = std::make_shared<ConvertRequest>();
  command->add_option("dumps", request->paths, "files of dumps, or directories of such")
      ->required()
      ->type_name("FILE|DIR");
  command
      ->add_option("--to", request->to, "pprof, folded, speedscope (of a series the last dump), or jsonl (the series)")
      ->required()
      ->check(CLI::IsMember({"pprof", "folded", "speedscope", "jsonl"}))
      ->type_name("FORMAT");
  command
      ->add_option("-o,--output", request->output,
                   "file to write instead of standard output, or directory for a file a dump")
      ->type_name("OUT");
  command->callback([request, &invocation] { invocation.action = [request] { return Convert(*request); }; });
}

}  // namespace headroom
