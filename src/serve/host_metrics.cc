#include "serve/host_metrics.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "metrics/metric_labels_of.h"
#include "metrics/metric_text.h"
#include "metrics/process_metrics.h"

namespace headroom {
namespace {

using enum MetricKind;

constexpr size_t kBytesForHost = 1 << 20;
constexpr size_t kBytesForProcess = 256 * 1024;

constexpr Standing kStandings[] = {Standing::kWatched, Standing::kDisarmed, Standing::kLate, Standing::kEnded,
                                   Standing::kDiedAlarmed};

std::vector<const Status*> StatusesOf(const HostView& view, bool running) {
  std::vector<const Status*> statuses;
  for (const HostProcess& process : view.processes) {
    if (IsRunning(process.standing) == running) statuses.push_back(&process.status());
  }
  return statuses;
}

void WriteStates(const HostView& view, TextBuffer& out) {
  MetricFamily family("headroom_process_state", kGauge,
                      "1 for how the process stands, seen from outside; 0 for the rest.", out);
  for (const HostProcess& process : view.processes) {
    for (const Standing standing : kStandings) {
      MetricLabels labels = LabelsOf(process.status());
      family.Sample(labels.Add({"state", NameOf(standing)}), process.standing == standing);
    }
  }
}

void WriteRecordInfo(const HostView& view, TextBuffer& out) {
  MetricFamily family("headroom_record_info", kGauge, "The record of a process, and the user id that it belongs to.",
                      out);
  for (const HostProcess& process : view.processes) {
    MetricLabels labels = LabelsOf(process.status());
    labels.Add({"recorder", process.path}).Add({"uid", std::to_string(process.file->owner)});
    family.Sample(labels, 1);
  }
}

void WriteRefusals(const HostView& view, TextBuffer& out) {
  MetricFamily now("headroom_records_refused", kGauge, "Files that give no status, or are not believed.", out);
  for (const RecordFlaw flaw : kRecordFlaws) {
    now.Sample({{"reason", NameOf(flaw)}}, std::ranges::count(view.refused, flaw, &RefusedRecord::flaw));
  }
  MetricFamily ever("headroom_record_read_errors_total", kCounter, "Readings of a file that gave no status.", out);
  for (const RecordFlaw flaw : kRecordFlaws) {
    ever.Sample({{"reason", NameOf(flaw)}}, view.flaws_seen[static_cast<size_t>(flaw)]);
  }
}

void WriteDirectories(const HostView& view, TextBuffer& out) {
  MetricFamily up("headroom_directory_up", kGauge, "Whether the directory of recorders could be read.", out);
  for (const DirectoryView& directory : view.directories) {
    up.Sample({{"directory", directory.path}}, directory.error.empty());
  }
  MetricFamily left_out("headroom_records_left_out", kGauge, "Files beyond the bound for one user or one directory.",
                        out);
  for (const DirectoryView& directory : view.directories) {
    left_out.Sample({{"directory", directory.path}}, directory.files_left_out);
  }
}

}  // namespace

std::string HostMetrics(const HostView& view) {
  const size_t capacity = kBytesForHost + kBytesForProcess * view.processes.size();
  const auto memory = std::make_unique_for_overwrite<char[]>(capacity);
  TextBuffer out(memory.get(), capacity);
  MetricFamily("headroom_build_info", kGauge, "The exporter.", out).Sample({{"version", HEADROOM_VERSION}}, 1);
  WriteStates(view, out);
  WriteRecordInfo(view, out);
  WriteRefusals(view, out);
  WriteDirectories(view, out);
  const bool is_whole = WriteProcessMetrics(StatusesOf(view, true), out);
  WriteDeathMetrics(StatusesOf(view, false), out);
  MetricFamily("headroom_metrics_whole", kGauge, "0 where more was to be told than there is room for.", out)
      .Sample({}, is_whole);
  return std::string(out.view());
}

}  // namespace headroom
