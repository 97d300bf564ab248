#include "cli/links.h"

#include <algorithm>
#include <string_view>

#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "cli/planted_leak.h"

namespace headroom {
namespace {

using State = Link::State;

constexpr char kAlarmLink[] = "alarm";

bool IsNotReached(const Link& link) { return link.state == State::kNotReached; }

bool NamesPlantedLeak(const std::vector<Frame>& frames) {
  return std::ranges::any_of(frames, [](const Frame& frame) { return frame.function.starts_with(kPlantedFunction); });
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

Link AgentLink(const Sighting& seen) {
  Link link{"agent", State::kBroken, {}, "look at the line above; is LD_PRELOAD allowed here?"};
  if (!seen.status) {
    link.finding =
        "it never wrote its record; the child said: " + (seen.errors.empty() ? "nothing" : FirstLine(seen.errors));
    return link;
  }
  link.finding = (seen.status->armed ? "armed: " : "not armed: ") + seen.status->armed_reason;
  link.state = seen.status->armed ? State::kHolds : State::kBroken;
  return link;
}

Link HooksLink(const Status& status) {
  const bool seen = status.live_samples > 0;
  return {
      "hooks", seen ? State::kHolds : State::kBroken,
      "about " + Say(AppendBytes, status.live_bytes) + " live in " + std::to_string(status.live_samples) + " samples",
      "another library's malloc goes before the agent's: put libheadroom_preload.so first in LD_PRELOAD"};
}

const SiteStatus* PlantedSite(const Status& status) {
  const auto site = std::ranges::find_if(
      status.top_sites, [](const SiteStatus& candidate) { return NamesPlantedLeak(candidate.frames); });
  return site == status.top_sites.end() ? nullptr : &*site;
}

Link UnwinderLink(const Status& status) {
  const bool named = PlantedSite(status) != nullptr;
  return {"unwinder", named ? State::kHolds : State::kBroken,
          (named ? "names " : "does not name ") + std::string(kPlantedFunction) + "; " +
              std::to_string(status.health.unwind_failures) + " failed stack walks",
          "the program's unwind tables (.eh_frame) or its symbols are missing, or /proc/self/maps cannot be read"};
}

Link TrendLink(const Status& status) {
  const Interval growth = PlantedSite(status)->growth_bytes_per_s;
  const bool grows = growth.estimate > 0;
  return {"trend", grows ? State::kHolds : State::kBroken,
          grows ? "grows " + Say(AppendRate, growth) : "the leak is not seen to grow",
          "the agent's thread gets too little time (CPU quota?); try again on a quieter host"};
}

Link AlarmLink(const Sighting& seen) {
  const auto alarm = std::ranges::find_if(
      seen.status->alarms, [](const AlarmEvent& candidate) { return NamesPlantedLeak(candidate.frames); });
  const bool raised = alarm != seen.status->alarms.end();
  return {kAlarmLink, raised ? State::kHolds : State::kBroken,
          raised ? std::string(NameOf(alarm->verdict.severity)) + " " + std::string(NameOf(alarm->verdict.verdict)) +
                       ", raised within " + Say(AppendDuration, seen.elapsed_s)
                 : "none was raised",
          "see headroom status of the daemon; WARN_WITHIN and CRITICAL_WITHIN do not keep a notice back"};
}

std::string AdviceFor(const AlarmSinkSpec& sink) {
  using Kind = AlarmSinkSpec::Kind;
  switch (sink.kind) {
    case Kind::kStderr:
      return "keep standard error of the daemon open, or choose another sink";
    case Kind::kFile:
      return "its directory must exist and be writable for the user that the daemon runs as";
    case Kind::kJournald:
      return "is systemd-journald running, and is /run/systemd/journal/socket visible in the daemon's root?";
    case Kind::kSyslog:
      return "is a log daemon running, and is /dev/log visible in the daemon's root?";
    case Kind::kExec:
      return "run it by hand with an event on standard input: it must end with status 0 within 10 s";
    case Kind::kHttp:
      break;
  }
  return "is an Alertmanager (API v2) listening at that address, reachable from this host?";
}

Link SinkLink(const AlarmSinkSpec& spec, const Sighting& seen, bool raised) {
  Link link{spec.text, State::kNotReached, "no alarm came this far", AdviceFor(spec)};
  const auto& sinks = seen.status->sinks;
  const auto sink = std::ranges::find(sinks, spec.text, &SinkStatus::name);
  if (sink == sinks.end()) return link;
  if (!sink->error.empty()) {
    link.state = State::kBroken;
    link.finding = sink->error;
  } else if (raised && sink->lost > 0) {
    link.state = State::kBroken;
    link.finding = "has given the alarm up";
  } else if (raised) {
    link.state = sink->waiting == 0 ? State::kHolds : State::kNotReached;
    link.finding = sink->waiting == 0 ? "took the alarm" : "has not taken the alarm yet";
  }
  return link;
}

}  // namespace

std::vector<Link> LinksOf(const Sighting& sighting, const std::vector<AlarmSinkSpec>& sinks) {
  std::vector<Link> links = {AgentLink(sighting)};
  const auto holds = [&links] { return links.back().state == State::kHolds; };
  if (holds()) links.push_back(HooksLink(*sighting.status));
  if (links.size() == 2 && holds()) links.push_back(UnwinderLink(*sighting.status));
  if (links.size() == 3 && holds()) links.push_back(TrendLink(*sighting.status));
  if (links.size() == 4 && holds()) links.push_back(AlarmLink(sighting));
  const bool raised = links.size() == 5 && holds();
  if (!sighting.status) return links;
  for (const AlarmSinkSpec& sink : sinks) links.push_back(SinkLink(sink, sighting, raised));
  return links;
}

bool IsSettled(const std::vector<Link>& links) {
  const bool is_raised = std::ranges::any_of(
      links, [](const Link& link) { return link.name == kAlarmLink && link.state == State::kHolds; });
  return is_raised && std::ranges::none_of(links, &IsNotReached);
}

bool AllHold(const std::vector<Link>& links) {
  return std::ranges::all_of(links, [](const Link& link) { return link.state == State::kHolds; });
}

}  // namespace headroom
