#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "cli/command.h"
#include "cli/preload.h"
#include "cli/target.h"
#include "config/nearest_name.h"
#include "config/options.h"
#include "recorder/place.h"

namespace headroom {
namespace {

// As env(1) and the shells have it.
constexpr int kExitOwnFailure = 125;
constexpr int kExitCannotExecute = 126;
constexpr int kExitNotFound = 127;

// A value given by flag.
struct Choice {
  const OptionSpec* spec;
  std::string value;
};

struct RunRequest {
  std::vector<Choice> choices;
  std::vector<std::string> words;  // of the program's command line
};

// A person reads this at once, so unlike in the environment a bad value stops everything.
void CheckChoice(const Choice& choice) {
  Options scratch;
  if (choice.spec->set(scratch, choice.value)) return;
  throw CLI::ValidationError(choice.spec->Flag() + "=" + choice.value + " is not taken; it takes " +
                             choice.spec->takes());
}

[[noreturn]] void RefuseFlag(const std::string& word) {
  std::vector<std::string> flags;
  for (const OptionSpec& spec : OptionSpecs()) flags.push_back(spec.Flag());
  const std::string flag = word.substr(0, word.find('='));
  const std::string_view nearest = NearestName(flag, std::vector<std::string_view>(flags.begin(), flags.end()));
  std::string message = "there is no option " + flag;
  if (!nearest.empty()) message.append("; did you mean ").append(nearest).append("?");
  throw CLI::ValidationError(message);
}

// The mark between our options and the program may be left out; then a later one is the program's own.
std::vector<std::string> GuestWords(const std::vector<std::string>& unread, const std::vector<std::string>& guest) {
  if (!unread.empty() && unread.front().starts_with("-")) RefuseFlag(unread.front());
  std::vector<std::string> words = unread;
  const bool own_mark = unread.empty() && !guest.empty();
  words.insert(words.end(), guest.begin() + (own_mark ? 1 : 0), guest.end());
  if (words.empty()) throw CLI::ValidationError("the command to start is missing, as in headroom run -- CMD");
  return words;
}

RunRequest ReadRequest(const CLI::App& command, const Invocation& invocation) {
  RunRequest request;
  for (const OptionSpec& spec : OptionSpecs()) {
    const CLI::Option* option = command.get_option(spec.Flag());
    if (option->count() > 0) request.choices.push_back({&spec, option->as<std::string>()});
  }
  for (const Choice& choice : request.choices) CheckChoice(choice);
  request.words = GuestWords(command.remaining(), invocation.guest);
  return request;
}

void SetEnvironment(const std::vector<Choice>& choices, const std::string& library) {
  for (const Choice& choice : choices) setenv(choice.spec->Variable().c_str(), choice.value.c_str(), 1);
  setenv("LD_PRELOAD", PreloadValue(library, std::getenv("LD_PRELOAD")).c_str(), 1);
}

// So that RECORDER=auto has a place. Where that fails the agent looks for another.
void MakePlaceForRecord() {
  EnvironmentCopy environment;
  environment.Fill(environ);
  const Options options = ParseOptions(environment).options;
  const bool is_wanted = options.enable && options.recorder.kind == RecorderSpec::Kind::kAuto;
  if (is_wanted && geteuid() == 0) MakeRecorderDirectory();
}

int FailToBecome(const std::string& command, int error) {
  PrintMessage(command + ": " + std::strerror(error));
  return error == ENOENT ? kExitNotFound : kExitCannotExecute;
}

// Returns only if there is nothing to become.
int Become(std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  return FailToBecome(words.front(), errno);
}

int Run(RunRequest request) {
  const std::optional<std::string> library = FindPreloadLibrary();
  if (!library || !FitsInPreload(*library)) {
    PrintMessage(library ? *library + ": LD_PRELOAD cannot carry a path with a space or a colon"
                         : "libheadroom_preload.so is neither beside this tool nor in its ../lib/headroom");
    return kExitOwnFailure;
  }
  // Asked before execvp, which takes a directory of PATH that it may not read for a program that it may not start.
  const std::optional<std::string> program = FindProgram(request.words.front());
  if (!program) return FailToBecome(request.words.front(), ENOENT);
  if (auto refusal = PreloadRefusal(*program)) {
    PrintMessage("warning: " + *refusal + "; it runs unwatched");
    return Become(request.words);
  }
  if (auto obstacle = PreloadObstacle(*program)) PrintMessage("warning: " + *obstacle + "; it runs unwatched");
  SetEnvironment(request.choices, *library);
  MakePlaceForRecord();
  return Become(request.words);
}

}  // namespace

void AddRunCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "run", "Start a program with the agent: headroom run [OPTIONS] -- CMD [ARG...]. The exit status is CMD's.");
  command->prefix_command();
  for (const OptionSpec& spec : OptionSpecs()) {
    command->add_option(spec.Flag())
        ->description(std::string(spec.help))
        ->type_name(std::string(spec.metavar))
        ->default_str(std::string(spec.default_text))
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  command->callback([command, &invocation] {
    invocation.action = [request = ReadRequest(*command, invocation)] { return Run(request); };
  });
}

}  // namespace headroom
