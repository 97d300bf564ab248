#ifndef HEADROOM_REPORT_WORDS_H_
#define HEADROOM_REPORT_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace headroom {

// What every form of the report says in the same words.

// One sentence without a full stop: the worst of it.
std::string Headline(const Report& report);

// Of the life's worst sites the one that the headline speaks of; null where nothing is live.
const SiteReport* Worst(const Report& report);

// How many dumps over which time, and what is live at their end.
std::string SpanWords(const LifeReport& life, const Report& report);

struct Fact {
  std::string_view label;
  std::string words;
};

// What is known of a growth: how fast, since when, what it holds, the time left, why it is believed.
std::vector<Fact> GrowthFacts(const SiteReport& site);

std::string TimeLeftWords(const Exhaustion& end);
std::string HoldsWords(const Verdict& verdict);  // "4.0 KiB in 12 samples"
std::string_view ClassWords(VerdictClass verdict);

// The frame that a person would call guilty.
std::string BlamedName(const AlarmEvent& event);

// The frame with its file and line, as far as known.
std::string PlaceWords(const Frame& frame);

std::string CountWords(uint64_t count, std::string_view noun);  // "1 dump", "2 dumps"

}  // namespace headroom

#endif  // HEADROOM_REPORT_WORDS_H_
