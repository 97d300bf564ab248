#include "formats/jsonl_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace headroom {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr double kMostBytes = 1e18;
constexpr double kMostSamples = 1e15;
constexpr double kBalanceError = 1e-6;  // of what was born: writers round
constexpr double kBalanceBytes = 1;

// Why a line is not taken, as a clause.
struct BadLine {
  std::string what;
};

std::string Quoted(std::string_view key) { return "\"" + std::string(key) + "\""; }

// Empty where the key is missing or null.
std::optional<element> Find(const object& owner, std::string_view key) {
  element found;
  if (owner.at_key(key).get(found) != simdjson::SUCCESS || found.is_null()) return std::nullopt;
  return found;
}

double ToNumber(const element& value, std::string_view name, double most) {
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS) throw BadLine{Quoted(name) + " is not a number"};
  if (number < 0) throw BadLine{Quoted(name) + " is negative"};
  if (number > most) throw BadLine{Quoted(name) + " is too large"};
  return number;
}

std::optional<double> Bytes(const object& owner, std::string_view key) {
  const auto value = Find(owner, key);
  return value ? std::optional(ToNumber(*value, key, kMostBytes)) : std::nullopt;
}

std::optional<uint64_t> Count(const object& owner, std::string_view key, double most) {
  const auto value = Find(owner, key);
  return value ? std::optional(static_cast<uint64_t>(ToNumber(*value, key, most))) : std::nullopt;
}

array ToArray(const element& value, std::string_view name) {
  array list;
  if (value.get(list) != simdjson::SUCCESS) throw BadLine{Quoted(name) + " is not a list"};
  return list;
}

AgedSamples ToAgedSamples(const element& value, std::string_view name) {
  const array numbers = ToArray(value, name);
  if (numbers.size() != 3) throw BadLine{Quoted(name) + " holds an entry that is not [age, bytes, samples]"};
  return {ToNumber(numbers.at(0), name, kMostBytes), ToNumber(numbers.at(1), name, kMostBytes),
          static_cast<uint64_t>(ToNumber(numbers.at(2), name, kMostSamples))};
}

std::optional<std::vector<AgedSamples>> Ages(const object& site, std::string_view key) {
  const auto list = Find(site, key);
  if (!list) return std::nullopt;
  std::vector<AgedSamples> ages;
  for (const element entry : ToArray(*list, key)) {
    ages.push_back(ToAgedSamples(entry, key));
    if (ages.size() > 1 && ages.back().age_low_s <= ages[ages.size() - 2].age_low_s) {
      throw BadLine{Quoted(key) + " does not go from young to old"};
    }
  }
  return ages;
}

void CheckBalance(const DumpSite& site) {
  if (site.born_bytes && site.died_bytes) {
    const double error = std::abs(*site.born_bytes - *site.died_bytes - site.live_bytes);
    if (error > kBalanceBytes + kBalanceError * *site.born_bytes) {
      throw BadLine{"\"live_bytes\" is not \"born_bytes\" - \"died_bytes\""};
    }
  }
  if (site.born_samples && site.died_samples && site.live_samples &&
      *site.born_samples != *site.died_samples + *site.live_samples) {
    throw BadLine{"\"live_samples\" is not \"born_samples\" - \"died_samples\""};
  }
}

// One line into one dump.
class SnapshotParser {
 public:
  Dump Parse(const element& line) {
    object snapshot;
    if (line.get(snapshot) != simdjson::SUCCESS) throw BadLine{"it is not a JSON object"};
    const auto time_s = Find(snapshot, "time_s");
    if (time_s) dump_.time_s = ToNumber(*time_s, "time_s", kMostBytes);
    dump_.limit_bytes = Count(snapshot, "limit_bytes", kMostBytes);
    dump_.used_bytes = Count(snapshot, "used_bytes", kMostBytes);
    dump_.sample_bytes = Count(snapshot, "sample_bytes", kMostBytes).value_or(0);
    const auto partial = Find(snapshot, "partial");
    if (partial && partial->get(dump_.partial) != simdjson::SUCCESS) throw BadLine{"\"partial\" is not true or false"};
    const auto sites = Find(snapshot, "sites");
    if (!sites) throw BadLine{"\"sites\" is missing"};
    for (const element site : ToArray(*sites, "sites")) dump_.sites.push_back(ParseSite(site));
    return std::move(dump_);
  }

 private:
  DumpSite ParseSite(const element& value) {
    object fields;
    if (value.get(fields) != simdjson::SUCCESS) throw BadLine{"a site is not a JSON object"};
    DumpSite site;
    site.stack = ParseStack(fields);
    site.live_samples = Count(fields, "live_samples", kMostSamples);
    site.born_bytes = Bytes(fields, "born_bytes");
    site.died_bytes = Bytes(fields, "died_bytes");
    site.born_samples = Count(fields, "born_samples", kMostSamples);
    site.died_samples = Count(fields, "died_samples", kMostSamples);
    site.ages = Ages(fields, "ages");
    site.died_ages = Ages(fields, "died_ages");
    const auto label = Find(fields, "label");
    std::string_view name;
    if (label && label->get(name) != simdjson::SUCCESS) throw BadLine{"\"label\" is not a text"};
    site.label = name;
    site.live_bytes = LiveBytes(fields, site);
    CheckBalance(site);
    return site;
  }

  static double LiveBytes(const object& fields, const DumpSite& site) {
    const auto live_bytes = Bytes(fields, "live_bytes");
    if (live_bytes) return *live_bytes;
    if (!site.born_bytes || !site.died_bytes) throw BadLine{"a site has no \"live_bytes\""};
    if (*site.born_bytes < *site.died_bytes) throw BadLine{"\"died_bytes\" is more than \"born_bytes\""};
    return *site.born_bytes - *site.died_bytes;
  }

  std::vector<uint32_t> ParseStack(const object& fields) {
    const auto frames = Find(fields, "stack");
    if (!frames) throw BadLine{"a site has no \"stack\""};
    std::vector<uint32_t> stack;
    for (const element frame : ToArray(*frames, "stack")) {
      std::string_view name;
      if (frame.get(name) != simdjson::SUCCESS) throw BadLine{"\"stack\" holds something that is not a name"};
      stack.push_back(FrameOf(name));
    }
    if (stack.empty()) throw BadLine{"a \"stack\" is empty"};
    return stack;
  }

  uint32_t FrameOf(std::string_view name) {
    const auto [found, is_new] = frames_.try_emplace(name, static_cast<uint32_t>(dump_.frames.size()));
    if (is_new) dump_.frames.emplace_back().function = name;
    return found->second;
  }

  Dump dump_;
  std::unordered_map<std::string_view, uint32_t> frames_;  // names in the parser's memory
};

class JsonlReader {
 public:
  JsonlReader(Input& input, DumpSink& sink) : input_(input), sink_(sink) {}

  void Read() {
    while (const auto line = input_.ReadLine()) {
      if (line->find_first_not_of(" \t") == std::string_view::npos) continue;
      try {
        Take(*line);
      } catch (const BadLine& bad) {
        sink_.Complain(input_.AtLine(bad.what + "; the line is left out"));
      }
    }
  }

 private:
  void Take(std::string_view line) {
    if (input_.is_line_cut()) throw BadLine{"it is longer than 64 MiB"};
    element root;
    const simdjson::error_code error = parser_.parse(line.data(), line.size()).get(root);
    if (error != simdjson::SUCCESS) {
      throw BadLine{std::string("expected a JSON object: ") + simdjson::error_message(error)};
    }
    Dump dump = SnapshotParser().Parse(root);
    if (dump.time_s && *dump.time_s < newest_time_s_) throw BadLine{"\"time_s\" goes back in time"};
    if (dump.time_s) newest_time_s_ = *dump.time_s;
    dump.source = input_.path() + ": line " + std::to_string(input_.line());
    sink_.Take(std::move(dump));
  }

  Input& input_;
  DumpSink& sink_;
  simdjson::dom::parser parser_;
  double newest_time_s_ = 0;
};

}  // namespace

bool LooksLikeJsonl(std::string_view head) {
  const size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || head[first] != '{') return false;
  const std::string_view line = head.substr(first, head.find('\n', first) - first);
  return line.find("\"sites\"") != std::string_view::npos || line.find("\"time_s\"") != std::string_view::npos;
}

void ReadJsonl(Input& input, DumpSink& sink) { JsonlReader(input, sink).Read(); }

}  // namespace headroom
