#include "cli/manual.h"

#include "cli/roff.h"
#include "config/options.h"

namespace headroom {
namespace {

struct Topic {
  std::string_view head;
  std::string_view words;
};

constexpr Topic kExitStatus[] = {
    {"0", "nothing was found"},
    {"1", "a leak was found, an alarm is open, or (check) a link is broken"},
    {"2", "wrong usage"},
    {"3", "input that cannot be read; a message names it with its line or byte"},
};

constexpr Topic kEnvironment[] = {
    {"HEADROOM_*", "options of the agent, see headroom-options(7)"},
    {"NO_COLOR", "no colors in any output"},
    {"COLUMNS", "width of text where standard output is no terminal"},
    {"DEBUGINFOD_URLS", "servers that are asked for debug information, to name functions and lines"},
};

constexpr Topic kFiles[] = {
    {"/run/headroom/PID.hr",
     "flight recorder of a process; $XDG_RUNTIME_DIR/headroom/PID.hr where that cannot be written"},
};

constexpr Topic kCodes[] = {
#define HEADROOM_CODE(NUMBER, name, title) {"HR-" #NUMBER, title},
#include "alarm/codes.def"
};

template <size_t kTopics>
void AddTopics(const Topic (&topics)[kTopics], Roff& page) {
  for (const Topic& topic : topics) {
    page.Entry(topic.head);
    page.Text(topic.words);
  }
}

std::string FlagWords(const ArgumentEntry& argument) {
  std::string words;
  for (const std::string& flag : argument.flags) words += (words.empty() ? "" : ", ") + flag;
  return words;
}

// "headroom status [OPTIONS] [PID|FILE]".
std::string UsageOf(const CommandEntry& command) {
  std::string usage = "headroom " + command.name + " [OPTIONS]";
  for (const ArgumentEntry& argument : command.arguments) {
    if (!argument.flags.empty()) continue;
    const std::string words = argument.metavar + (argument.is_repeated ? "..." : "");
    usage += " " + (argument.is_required ? words : "[" + words + "]");
  }
  return usage + (command.takes_program ? " -- CMD [ARG...]" : "");
}

void AddArgument(const ArgumentEntry& argument, Roff& page) {
  page.Entry(argument.flags.empty() ? argument.metavar : FlagWords(argument),
             argument.flags.empty() ? "" : argument.metavar);
  page.Text(argument.meaning + (argument.default_text.empty() ? "" : " (" + argument.default_text + ")"));
}

void AddCommand(const CommandEntry& command, Roff& page) {
  page.Subsection(UsageOf(command));
  page.Text(command.meaning);
  for (const ArgumentEntry& argument : command.arguments) AddArgument(argument, page);
}

constexpr char kDescription[] =
    "headroom watches a running program from inside and says, hours before memory runs out, that it leaks: which call "
    "stack, how fast, since when, and when it is over, with error bars. headroom run starts a program with the agent; "
    "the other commands look at what it sees, try the way of an alarm, or judge heap dumps that are already there.";

constexpr char kExamples[] =
    "headroom run --limit 2GiB -- collectd -f\n"
    "headroom top\n"
    "headroom status 1234\n"
    "headroom check --sink journald\n"
    "headroom analyze --limit 2GiB dumps/";

}  // namespace

std::string ToolManual(const std::vector<CommandEntry>& commands) {
  Roff page("headroom", 1);
  page.Section("NAME");
  page.Text("headroom - find the memory leak of a running daemon and how much time is left");
  page.Section("SYNOPSIS");
  page.Entry("headroom", "COMMAND [OPTIONS] [ARGUMENTS]");
  page.Text("");
  page.Entry("headroom", "--help | --version");
  page.Text("");
  page.Section("DESCRIPTION");
  page.Text(kDescription);
  page.Section("COMMANDS");
  for (const CommandEntry& command : commands) AddCommand(command, page);
  page.Section("EXIT STATUS");
  AddTopics(kExitStatus, page);
  page.Paragraph();
  page.Text("The exit status of headroom run is that of the program; 125, 126 and 127 where it could not be started.");
  page.Section("ENVIRONMENT");
  AddTopics(kEnvironment, page);
  page.Section("FILES");
  AddTopics(kFiles, page);
  page.Section("DIAGNOSTICS");
  page.Text(
      "Alarms and the agent's messages end with a code. The runbook, src/alarm/README.md in the source, says what to "
      "do.");
  AddTopics(kCodes, page);
  page.Section("EXAMPLES");
  page.Literal(kExamples);
  page.Section("SEE ALSO");
  page.Text("headroom-options(7)");
  return page.text();
}

std::string OptionsManual() {
  Roff page("headroom-options", 7);
  page.Section("NAME");
  page.Text("headroom-options - options of the headroom agent");
  page.Section("DESCRIPTION");
  page.Text(
      "Each option is an environment variable of the watched program and a flag of headroom run. Sizes take B, KiB, "
      "MiB and GiB, durations ms, s, m, h and d. A bad value is reported in one line and the default is used: a typo "
      "never stops the program. The environment of a set-user-ID program is not read.");
  page.Section("OPTIONS");
  for (const OptionSpec& spec : OptionSpecs()) {
    page.Entry(spec.Variable() + ", " + spec.Flag(), spec.metavar);
    page.Text(std::string(spec.help) + "; takes " + spec.takes() + " (" + std::string(spec.default_text) + ")");
  }
  page.Section("SEE ALSO");
  page.Text("headroom(1)");
  return page.text();
}

}  // namespace headroom
