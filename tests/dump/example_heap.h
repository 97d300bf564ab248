#ifndef HEADROOM_TESTS_DUMP_EXAMPLE_HEAP_H_
#define HEADROOM_TESTS_DUMP_EXAMPLE_HEAP_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "dump/dump_writer.h"

namespace headroom {

struct StringSink : ByteSink {
  std::string bytes;
  size_t longest_piece = 0;
  bool Append(std::string_view piece) override {
    longest_piece = std::max(longest_piece, piece.size());
    bytes += piece;
    return true;
  }
};

// A process with two modules and as many sites as are added.
class ExampleHeap {
 public:
  ExampleHeap() {
    program_.path = "/usr/sbin/collectd";
    program_.build_id = "0123abcd";
    library_.path = "/usr/lib/libresolve.so.2";
    library_.build_id = "89efcdab";
    code_ = {{0x555500001000, 0x555500009000, 0x1000, 0x401000, &program_},
             {0x7f0000000000, 0x7f0000010000, 0x2000, 0x2000, &library_}};
    limits_ = {{"rlimit:AS", LimitUnit::kBytes, 1073741824, 734003200, false},
               {"host:MemAvailable", LimitUnit::kBytes, 8000000000, 4000000000, true},
               {"vm.max_map_count", LimitUnit::kMappings, 65530, 530, false}};
    memory_.rss_anon_bytes = 600000000;
    memory_.swap_bytes = 1000;
    memory_.mappings = 530;
    snapshot_.tick = 44012;
    snapshot_.time_s = 1714584123.25;
    snapshot_.sample_bytes = 524288;
  }

  SiteSnapshot& AddSite(uint64_t key, std::vector<uint64_t> return_addresses) {
    stacks_[key] = std::move(return_addresses);
    SiteSnapshot& site = snapshot_.sites.emplace_back();
    site.site_key = key;
    site.has_ages = true;
    return site;
  }

  void SetLabel(uint64_t key, std::string label) { labels_[key] = std::move(label); }

  // 83 live samples, 2 of them younger than a tick, the others up to 297 ticks old; 20 have died.
  void AddLeak() {
    SiteSnapshot& site = AddSite(0xabcdef, {0x555500002001, 0x7f0000000101, 0x555500003001});
    site.born_samples = 103;
    site.died_samples = 20;
    site.born_bytes = 53305000;
    site.died_bytes = 10000000;
    site.live_by_age[0] = {2, 1048576};
    site.live_by_age[1] = {1, 524288};
    site.live_by_age[3] = {30, 15000000};
    site.live_by_age[9] = {50, 26732136};
    site.died_samples_by_age = {19, 0, 1};
    site.oldest_ticks = 297;
  }

  // Many small sites, of which those with the higher keys hold more.
  void AddCrowd(size_t sites, size_t frames) {
    uint64_t address = 0x555500001000;
    for (uint64_t key = 100; key < 100 + sites; ++key) {
      std::vector<uint64_t> stack(frames);
      for (uint64_t& frame : stack) frame = address += 8;
      SiteSnapshot& site = AddSite(key, stack);
      site.born_samples = 3;
      site.died_samples = 1;
      site.born_bytes = static_cast<double>(2000000 + key);
      site.died_bytes = 1000000;
      site.live_by_age[1] = {2, static_cast<double>(1000000 + key)};
      site.died_samples_by_age = {1};
    }
  }

  HeapView View() const {
    return {.program = "collectd",
            .pid = 1234,
            .start_time_s = 1714144000.5,
            .uptime_s = 440122.75,
            .interval_s = 10,
            .warn_within_s = 604800,
            .critical_within_s = 3600,
            .limits = limits_,
            .memory = memory_,
            .snapshot = snapshot_,
            .code = code_,
            .stack_of = [this](uint64_t key) { return stacks_.at(key); },
            .label_of = [this](uint64_t key) {
              const auto label = labels_.find(key);
              return label == labels_.end() ? std::string_view() : std::string_view(label->second);
            }};
  }

  std::string Dump(size_t max_bytes = 1 << 20) const {
    StringSink sink;
    WriteDump(View(), max_bytes, sink);
    return sink.bytes;
  }

  Snapshot& snapshot() { return snapshot_; }

 private:
  Module program_, library_;
  std::vector<MappedCode> code_;
  std::vector<LimitReading> limits_;
  ProcessMemory memory_;
  Snapshot snapshot_;
  std::map<uint64_t, std::vector<uint64_t>> stacks_;
  std::map<uint64_t, std::string> labels_;
};

}  // namespace headroom

#endif  // HEADROOM_TESTS_DUMP_EXAMPLE_HEAP_H_
