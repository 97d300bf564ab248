#include "cli/record_overview.h"

#include <algorithm>
#include <chrono>
#include <iostream>

#include "cli/command.h"
#include "cli/terminal.h"
#include "view/record_list.h"

namespace headroom {
namespace {

double Now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

int FailWithoutRecords(const HostView& host) {
  std::string places;
  for (const DirectoryView& directory : host.directories) places += (places.empty() ? "" : ", ") + directory.path;
  PrintMessage("there are no records (looked in " + places + "); headroom run starts a program that keeps one");
  return kExitUnreadable;
}

}  // namespace

int ShowRecordOverview() {
  const HostView host = HostRecords({}).Look(Now());
  if (host.processes.empty() && host.refused.empty()) return FailWithoutRecords(host);
  const TextStyle style = StandardOutputStyle();
  std::cout << TextOf(RecordList(host, style.width), style.has_colors);
  const auto has_alarm = [](const HostProcess& process) { return !process.status().alarms.empty(); };
  return std::ranges::any_of(host.processes, has_alarm) ? kExitLeakFound : kExitNothingFound;
}

}  // namespace headroom
