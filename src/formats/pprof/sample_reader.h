#ifndef HEADROOM_FORMATS_PPROF_SAMPLE_READER_H_
#define HEADROOM_FORMATS_PPROF_SAMPLE_READER_H_

#include <cstdint>
#include <optional>
#include <protozero/pbf_message.hpp>
#include <vector>

#include "dump/schema.h"
#include "formats/dump.h"
#include "formats/pprof/columns.h"
#include "formats/pprof/frames.h"
#include "formats/pprof/own_dump.h"
#include "formats/pprof/tables.h"
#include "formats/stack_index.h"

namespace headroom::pprof {

// Turns the samples of a profile into the sites of a dump. Samples that differ only by labels that say nothing of whose
// they are (size of the object, thread) are one site. Throws FormatError.
class SampleReader {
 public:
  // Both outlive the reader; the dump's sample_bytes is known already.
  SampleReader(const Tables& tables, Dump* dump);

  // One field of the profile; anything but a sample is passed over.
  void Read(protozero::pbf_reader& field);

  // After the last field.
  void Finish() { dump_->frames = frames_.Take(); }

 private:
  void ReadFields(protozero::pbf_message<SampleField> sample);
  void ReadLabel(protozero::pbf_message<LabelField> label);
  void AddToSite();
  void ReadStack();
  DumpSite& Site();
  void AddHistory(double live_bytes, DumpSite* site) const;
  void AddSamples(size_t column, double bytes, std::optional<uint64_t>* samples) const;
  double Value(size_t column) const;

  const Tables& tables_;
  Columns columns_;
  Frames frames_;
  StackIndex sites_;
  Dump* dump_;
  size_t stack_frames_ = 0;             // of all sites together
  std::vector<uint64_t> location_ids_;  // of the sample at hand, as the three below
  std::vector<uint64_t> values_;
  std::optional<OwnCounts> own_;
  std::string_view label_;
  std::vector<uint32_t> stack_;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_SAMPLE_READER_H_
