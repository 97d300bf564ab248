#include "host/record_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <utility>
#include <vector>

#include "alarm/unique_fd.h"
#include "host/status_parser.h"
#include "metrics/metric_text.h"
#include "recorder/reader.h"

namespace headroom {
namespace {

constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

RecordFile Flawed(RecordFile file, RecordFlaw flaw, std::string complaint) {
  file.flaw = flaw;
  file.complaint = std::move(complaint);
  return file;
}

RecordFile Described(const struct stat& stat) {
  RecordFile file;
  file.version = {stat.st_dev, stat.st_ino, static_cast<uint64_t>(stat.st_size), stat.st_ctim.tv_sec,
                  stat.st_ctim.tv_nsec};
  file.owner = stat.st_uid;
  file.written_s = static_cast<double>(stat.st_mtim.tv_sec) + static_cast<double>(stat.st_mtim.tv_nsec) * 1e-9;
  return file;
}

// Series are told apart by these names, as labels show them: a record in which two are alike would spoil all metrics.
template <typename Element>
void DropDoubles(std::string (*name_of)(const Element&), std::vector<Element>* elements) {
  std::set<std::string> names;
  std::erase_if(*elements, [&](const Element& element) {
    return !names.emplace(MetricLabels({{"", name_of(element)}}).view()).second;
  });
}

// Call stacks that differ only in just-in-time compiled code share an id: the second goes by its key.
void TellSitesApart(std::vector<SiteStatus>* sites) {
  std::set<std::string> ids;
  for (SiteStatus& site : *sites) {
    if (!site.id.empty() && ids.insert(site.id).second) continue;
    FixedText<16> key;
    key.AppendInteger(site.site_key, 16);
    site.id = key.view();
  }
}

void DropDoubles(Status* status) {
  DropDoubles<LimitReading>([](const LimitReading& limit) { return limit.name; }, &status->limits);
  DropDoubles<SinkStatus>([](const SinkStatus& sink) { return sink.name; }, &status->sinks);
  DropDoubles<AlarmEvent>([](const AlarmEvent& alarm) { return alarm.id; }, &status->alarms);
  TellSitesApart(&status->top_sites);
  DropDoubles<SiteStatus>([](const SiteStatus& site) { return site.id; }, &status->top_sites);
}

RecordFile ReadContent(int fd, RecordFile file) {
  const Record record = ReadRecord(fd);
  if (!record.error.empty()) return Flawed(std::move(file), RecordFlaw::kDamaged, record.error);
  ParsedStatus parsed = ParseStatus(record.json);
  if (!parsed.error.empty()) return Flawed(std::move(file), RecordFlaw::kNotUnderstood, std::move(parsed.error));
  file.status = std::move(parsed.status);
  DropDoubles(&file.status);
  return file;
}

}  // namespace

std::optional<RecordFile> ReadRecordFile(int directory, const std::string& name, const RecordFile* known) {
  struct stat stat;
  if (fstatat(directory, name.c_str(), &stat, AT_SYMLINK_NOFOLLOW) != 0) {
    return Flawed({}, RecordFlaw::kNotOpened, strerrordesc_np(errno));
  }
  RecordFile file = Described(stat);
  if (known != nullptr && known->version == file.version) return std::nullopt;
  if (!S_ISREG(stat.st_mode) || stat.st_nlink != 1) {
    return Flawed(std::move(file), RecordFlaw::kNotAFile, "it is not a regular file with one name");
  }
  const UniqueFd fd(openat(directory, name.c_str(), kFlags));
  if (fd.get() < 0 || fstat(fd.get(), &stat) != 0) {
    return Flawed(std::move(file), RecordFlaw::kNotOpened, strerrordesc_np(errno));
  }
  file = Described(stat);  // of what was opened: the name may have been given to another file
  if (!S_ISREG(stat.st_mode)) return Flawed(std::move(file), RecordFlaw::kNotAFile, "it is not a regular file");
  if (file.version.bytes > kMaxRecordFileBytes) {
    return Flawed(std::move(file), RecordFlaw::kTooLong,
                  "it has " + std::to_string(file.version.bytes) + " bytes, more than any recorder's");
  }
  return ReadContent(fd.get(), std::move(file));
}

}  // namespace headroom
