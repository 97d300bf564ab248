#include "forecast/evidence.h"

#include <cmath>

namespace headroom {
namespace {

// "8 s", "2.5 s", "1280 s": at most one decimal, and that written without a locale.
std::string Seconds(double ticks, double seconds_per_tick) {
  const auto tenths = static_cast<uint64_t>(std::llround(ticks * seconds_per_tick * 10));
  const uint64_t whole = tenths / 10;
  std::string text = std::to_string(whole);
  if (whole < 10 && tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + " s";
}

std::string Rises(const GrowthWindow& window, double seconds_per_tick) {
  const std::string blocks = std::to_string(window.rises);
  const std::string rose = window.flat == 0 ? "each" : std::to_string(window.rises - window.flat);
  return "rose in " + rose + " of the last " + blocks + " windows of " +
         Seconds(static_cast<double>(window.ticks) / window.rises, seconds_per_tick);
}

// How many of those that grew old died, in the words of someone who counted.
std::string Deaths(const Growth& growth, double seconds_per_tick) {
  const std::string age = Seconds(2.0 * static_cast<double>(growth.window.age_ticks), seconds_per_tick);
  if (growth.died_older == 0) return "none that got older than " + age + " ever died";
  return std::to_string(growth.died_older) + " that got older than " + age + " ever died";
}

std::string Survival(const Growth& growth, double seconds_per_tick) {
  const char* where = growth.kind == GrowthKind::kDiffuse ? "samples of many call stacks" : "samples born here";
  return std::to_string(growth.survivors) + " " + where + " are still alive after more than " +
         Seconds(static_cast<double>(growth.window.age_ticks), seconds_per_tick) + ", " +
         Deaths(growth, seconds_per_tick) + "; the floor " + Rises(growth.window, seconds_per_tick);
}

std::string Counts(const Growth& growth, double seconds_per_tick) {
  return std::to_string(growth.window.entered) + " samples were born here and " + std::to_string(growth.window.died) +
         " died within " + Seconds(static_cast<double>(growth.window.ticks), seconds_per_tick) +
         ", ages unknown; the floor " + Rises(growth.window, seconds_per_tick);
}

std::string Residue(const Growth& growth, double seconds_per_tick) {
  return "resident memory beyond what live allocations explain " + Rises(growth.window, seconds_per_tick) +
         " and never was as high before";
}

}  // namespace

std::string Evidence(const Growth& growth, double seconds_per_tick) {
  if (growth.kind == GrowthKind::kResidual) return Residue(growth, seconds_per_tick);
  return growth.has_ages ? Survival(growth, seconds_per_tick) : Counts(growth, seconds_per_tick);
}

}  // namespace headroom
