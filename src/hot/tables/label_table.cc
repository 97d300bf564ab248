#include "hot/tables/label_table.h"

namespace headroom::hot {

constinit LabelTable labels{};

namespace {

constexpr uint32_t kPlaces = LabelTable::kOther - 1;

struct Name {
  const char* text;
  size_t bytes;
  uint32_t hash;
};

// FNV-1a over what counts.
Name Measure(const char* text) {
  Name name{text, 0, 0x811C9DC5u};
  while (name.bytes < LabelTable::kMaxBytes && text[name.bytes] != '\0') {
    name.hash = (name.hash ^ static_cast<unsigned char>(text[name.bytes])) * 0x01000193u;
    ++name.bytes;
  }
  return name;
}

bool IsSame(const Name& name, const char* other) {
  for (size_t i = 0; i < name.bytes; ++i) {
    if (name.text[i] != other[i]) return false;
  }
  return other[name.bytes] == '\0';
}

}  // namespace

// Names never leave, so the first free place on the way says that it is not there. Release when it is written: partner of the acquire by
// which it is found, here and in NameOf.
uint32_t LabelTable::Intern(const char* text) {
  if (text == nullptr || *text == '\0') return kNone;
  const Name name = Measure(text);
  for (uint32_t i = 0; i < kPlaces; ++i) {
    const uint32_t place = (name.hash + i) % kPlaces;
    Entry& entry = entries_[place];
    State state = entry.state.load(std::memory_order_acquire);
    if (state == State::kFree && entry.state.compare_exchange_strong(state, State::kBeingWritten, std::memory_order_acquire)) {
      for (size_t b = 0; b < name.bytes; ++b) entry.name[b] = name.text[b];
      entry.state.store(State::kThere, std::memory_order_release);
      return place + 1;
    }
    if (state == State::kThere && IsSame(name, entry.name)) return place + 1;
  }
  overflows_.fetch_add(1, std::memory_order_relaxed);
  return kOther;
}

const char* LabelTable::NameOf(uint32_t label) const {
  if (label == kNone || label > kOther) return "";
  if (label == kOther) return "(other)";
  const Entry& entry = entries_[label - 1];
  return entry.state.load(std::memory_order_acquire) == State::kThere ? entry.name : "";
}

}  // namespace headroom::hot
