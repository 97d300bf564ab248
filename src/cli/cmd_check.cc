#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>
#include <memory>
#include <thread>

#include "cli/command.h"
#include "cli/drill.h"
#include "cli/links.h"
#include "cli/planted_leak.h"
#include "cli/preload.h"
#include "config/options.h"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLongestCheck(25);
constexpr std::chrono::seconds kLongestStart(8);  // to the first record
constexpr std::chrono::milliseconds kPause(50);

constexpr int kExitLinkBroken = 1;

std::string TextOf(const std::vector<AlarmSinkSpec>& sinks) {
  std::string text;
  for (const AlarmSinkSpec& sink : sinks) text += (text.empty() ? "" : ",") + sink.text;
  return text;
}

void Print(const Link& link, int width) {
  constexpr const char* kWords[] = {"ok", "BROKEN", "not reached"};
  std::cout << "  " << std::left << std::setw(width) << link.name << "  " << std::setw(11)
            << kWords[static_cast<int>(link.state)] << "  " << link.finding << '\n';
  if (link.state == Link::State::kBroken)
    std::cout << "  " << std::setw(width) << ""
              << "  -> " << link.advice << '\n';
}

// Where nothing is broken but time ran out: those that were not reached.
std::string NamesOfBroken(const std::vector<Link>& links) {
  std::string names[3];
  for (const Link& link : links) {
    std::string& list = names[static_cast<int>(link.state)];
    list += (list.empty() ? "" : ", ") + link.name;
  }
  const std::string& broken = names[static_cast<int>(Link::State::kBroken)];
  return broken.empty() ? names[static_cast<int>(Link::State::kNotReached)] : broken;
}

int Report(const std::vector<Link>& links) {
  size_t width = 0;
  for (const Link& link : links) width = std::max(width, link.name.size());
  for (const Link& link : links) Print(link, static_cast<int>(width));
  if (AllHold(links)) {
    std::cout << "every link holds\n";
    return kExitNothingFound;
  }
  std::cout << "broken: " << NamesOfBroken(links) << '\n';
  return kExitLinkBroken;
}

Link OptionsLink(const ParsedOptions& parsed) {
  if (!parsed.complaints.empty())
    return {"options", Link::State::kBroken, parsed.complaints.front(), "mend or unset it"};
  if (!parsed.options.enable) {
    return {"options", Link::State::kBroken, "HEADROOM_ENABLE is 0: the hooks pass everything through", "unset it"};
  }
  return {"options", Link::State::kHolds, "taken as they are in the environment", {}};
}

Link LibraryLink(const std::optional<std::string>& library) {
  Link link{"library", Link::State::kBroken, {}, "install headroom whole, in a place without spaces and colons"};
  if (!library) {
    link.finding = "libheadroom_preload.so is neither beside this tool nor in its ../lib/headroom";
  } else if (!FitsInPreload(*library)) {
    link.finding = *library + ": LD_PRELOAD cannot carry a path with a space or a colon";
  } else {
    link = {"library", Link::State::kHolds, *library, {}};
  }
  return link;
}

// Follows the leak until every link holds, or for as long as it makes sense.
std::vector<Link> Follow(Drill& drill, const std::vector<AlarmSinkSpec>& sinks) {
  const Clock::time_point start = Clock::now();
  for (Sighting seen;; std::this_thread::sleep_for(kPause)) {
    const bool is_alive = drill.is_alive();
    const Clock::duration elapsed = Clock::now() - start;
    seen.elapsed_s = std::chrono::duration<double>(elapsed).count();
    seen.status = drill.ReadStatus();
    seen.errors = drill.Errors();
    const std::vector<Link> links = LinksOf(seen, sinks);
    const bool is_late = elapsed > (seen.status ? kLongestCheck : kLongestStart);
    if (IsSettled(links) || is_late || !is_alive) return links;
  }
}

std::vector<std::string_view> CallersSettings() {
  std::vector<std::string_view> settings;
  for (char** entry = environ; *entry != nullptr; ++entry) settings.emplace_back(*entry);
  return settings;
}

int Check(const std::vector<AlarmSinkSpec>& chosen) {
  const ParsedOptions parsed = ParseOptions(CallersSettings());
  const std::vector<AlarmSinkSpec>& sinks = chosen.empty() ? parsed.options.alarm_sinks : chosen;
  const std::optional<std::string> library = FindPreloadLibrary();
  std::vector<Link> links = {OptionsLink(parsed), LibraryLink(library)};
  if (!AllHold(links)) return Report(links);
  Drill drill(*library, TextOf(sinks));
  if (!drill.problem().empty()) {
    links.push_back(
        {"child", Link::State::kBroken, drill.problem(), "the check needs a process and a directory of its own"});
    return Report(links);
  }
  std::cout << "following a planted leak, alarms go to " << TextOf(sinks) << " (a drill: pid " << drill.pid() << ")"
            << std::endl;
  for (Link& link : Follow(drill, sinks)) links.push_back(std::move(link));
  return Report(links);
}

std::vector<AlarmSinkSpec> ReadSinks(const std::string& text) {
  if (text.empty()) return {};
  std::optional<AlarmOption::Value> sinks = AlarmOption::Parse(text, {});
  if (!sinks) throw CLI::ValidationError("--sink=" + text + " is not taken; it takes " + AlarmOption::Takes({}));
  return *sinks;
}

}  // namespace

void AddCheckCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "check",
      "Plant a leak in a child and follow it to the sinks. Exit status 1 and its name where a link is broken.");
  auto sink = std::make_shared<std::string>();
  auto planted = std::make_shared<bool>(false);
  command->add_option("--sink", *sink, "where the alarm is to go; else as HEADROOM_ALARM says")->type_name("SINK,...");
  command->add_flag("--planted", *planted)->group("");  // the child
  command->callback([sink, planted, &invocation] {
    if (*planted) {
      invocation.action = LeakUntilTold;
    } else {
      invocation.action = [sinks = ReadSinks(*sink)] { return Check(sinks); };
    }
  });
}

}  // namespace headroom
