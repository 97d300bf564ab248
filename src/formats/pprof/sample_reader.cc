#include "formats/pprof/sample_reader.h"

#include <algorithm>
#include <string>

#include "formats/pprof/fields.h"
#include "series/object_count.h"

namespace headroom::pprof {
namespace {

constexpr size_t kMaxSites = size_t{1} << 20;
constexpr size_t kMaxStackFrames = size_t{32} << 20;  // of all sites together
constexpr size_t kMaxDepth = 64 * 1024;               // of one

}  // namespace

SampleReader::SampleReader(const Tables& tables, Dump* dump)
    : tables_(tables), columns_(FindColumns(tables)), frames_(tables), sites_(&dump->sites), dump_(dump) {
  sites_.Reserve(std::min(tables.samples, kMaxSites));
}

void SampleReader::Read(protozero::pbf_reader& field) {
  if (field.tag() != static_cast<protozero::pbf_tag_type>(ProfileField::kSample)) return field.skip();
  ReadFields(protozero::pbf_message<SampleField>(GetBytes(field)));
  if (values_.size() != columns_.count) {
    throw FormatError("sample with " + std::to_string(values_.size()) + " values, expected " +
                      std::to_string(columns_.count));
  }
  if (std::ranges::any_of(values_, [](uint64_t value) { return value != 0; })) AddToSite();
}

void SampleReader::ReadFields(protozero::pbf_message<SampleField> sample) {
  location_ids_.clear();
  values_.clear();
  own_.reset();
  label_ = {};
  while (sample.next()) {
    switch (sample.tag()) {
      case SampleField::kLocationId:
        AppendIntegers(sample, &location_ids_);
        break;
      case SampleField::kValue:
        AppendIntegers(sample, &values_);
        break;
      case SampleField::kLabel:
        ReadLabel(protozero::pbf_message<LabelField>(GetBytes(sample)));
        break;
      case SampleField::kSite:
        own_ = ReadOwnCounts(protozero::pbf_message<SiteField>(GetBytes(sample)));
        break;
      default:
        sample.skip();
    }
  }
}

void SampleReader::ReadLabel(protozero::pbf_message<LabelField> label) {
  uint64_t key = 0;
  uint64_t text = 0;
  while (label.next()) {
    switch (label.tag()) {
      case LabelField::kKey:
        key = GetInteger(label);
        break;
      case LabelField::kStr:
        text = GetInteger(label);
        break;
      default:
        label.skip();
    }
  }
  if (tables_.String(key) == kLabelKey) label_ = tables_.String(text);
}

void SampleReader::AddToSite() {
  ReadStack();
  DumpSite& site = Site();
  const double live_bytes = Value(columns_.live_bytes);
  site.live_bytes += live_bytes;
  if (own_ && dump_->agent)
    return AddOwnCounts(*own_, Value(columns_.born_bytes.value_or(columns_.live_bytes)), *dump_->agent, &site);
  if (columns_.live_objects) AddSamples(*columns_.live_objects, live_bytes, &site.live_samples);
  if (columns_.born_bytes) AddHistory(live_bytes, &site);
}

void SampleReader::ReadStack() {
  if (location_ids_.size() > kMaxDepth) throw FormatError("stack deeper than " + std::to_string(kMaxDepth));
  stack_.clear();
  for (const uint64_t id : location_ids_) frames_.AppendTo(&stack_, id);
}

DumpSite& SampleReader::Site() {
  const size_t sites_before = dump_->sites.size();
  DumpSite& site = sites_.SiteOf(stack_, label_);
  if (dump_->sites.size() == sites_before) return site;
  stack_frames_ += stack_.size();
  if (sites_before == kMaxSites) throw FormatError("more than " + std::to_string(kMaxSites) + " stacks");
  if (stack_frames_ > kMaxStackFrames) {
    throw FormatError("stacks of more than " + std::to_string(kMaxStackFrames) + " frames together");
  }
  return site;
}

void SampleReader::AddHistory(double live_bytes, DumpSite* site) const {
  const double born_bytes = Value(*columns_.born_bytes);
  site->born_bytes = site->born_bytes.value_or(0) + born_bytes;
  site->died_bytes = site->died_bytes.value_or(0) + std::max(0.0, born_bytes - live_bytes);
  if (!columns_.born_objects || !site->live_samples) return;
  AddSamples(*columns_.born_objects, born_bytes, &site->born_samples);
  site->died_samples = *site->born_samples - std::min(*site->born_samples, *site->live_samples);
}

void SampleReader::AddSamples(size_t column, double bytes, std::optional<uint64_t>* samples) const {
  *samples = samples->value_or(0) + SamplesBehind(Value(column), bytes, dump_->sample_bytes);
}

double SampleReader::Value(size_t column) const {
  const auto value = static_cast<int64_t>(values_[column]);
  if (value < 0) throw FormatError("value " + std::to_string(value) + ", expected a heap profile, not a difference");
  return static_cast<double>(value);
}

}  // namespace headroom::pprof
