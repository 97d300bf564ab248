#include "analysis/analyzer.h"

#include <algorithm>
#include <utility>

#include "analysis/read_ahead.h"

namespace headroom {
namespace {

constexpr size_t kMostComplaints = 100;
constexpr size_t kMostEvents = 1 << 20;

class Analyzer : public JoinedSink {
 public:
  Analyzer(const std::vector<SeriesFile>& files, const AnalysisOptions& options,
           const std::function<void(const Progress&)>& tell)
      : files_(files), options_(options), tell_(tell), clock_(files, options.every_s), book_(options.name_stack) {
    progress_.files = files.size();
  }

  Analysis Run() {
    ReadAhead reader(Paths(), options_.threads, book_);
    for (const SeriesFile& file : files_) {
      tell_(progress_);
      file_ = &file;
      const Format* format = reader.ReadNext(*this);
      ++progress_.files_done;
      if (!IsOfSeries(format)) break;
    }
    Finish();
    return std::move(analysis_);
  }

  void Take(JoinedDump dump) override {
    if (!analysis_.refusal.empty()) return;
    const std::string source = dump.source;
    const auto time_s = clock_.TimeOf(dump, *file_);
    if (!time_s) return LeaveOut(source + ": " + clock_.why());
    dump.time_s = *time_s;
    NoteWhatIsMissing(dump);
    if (!LifeOf(dump).Take(std::move(dump), analysis_.events)) {
      return Complain({source + ": it is older than the dump before; it is left out"});
    }
    if (analysis_.events.size() > kMostEvents) analysis_.events.resize(kMostEvents);
    ++progress_.dumps;
    tell_(progress_);
  }

  void Complain(ReadError error) override {
    if (analysis_.complaints.size() < kMostComplaints) return analysis_.complaints.push_back(std::move(error.message));
    ++unsaid_complaints_;
  }

 private:
  struct MarkedLife {
    uint64_t mark;
    std::unique_ptr<Life> life;
  };

  std::vector<std::string> Paths() const {
    std::vector<std::string> paths;
    for (const SeriesFile& file : files_) paths.push_back(file.path);
    return paths;
  }

  // Where the first dump already has no time, none will.
  void LeaveOut(std::string why) {
    if (!clock_.source()) return Refuse(std::move(why));
    Complain({std::move(why)});
  }

  void Refuse(std::string why) {
    if (analysis_.refusal.empty()) analysis_.refusal = std::move(why);
  }

  // One series has one format: what they count is not the same. This goes before other reasons, such as times that do
  // not rise from one series to the other.
  bool IsOfSeries(const Format* format) {
    if (format == nullptr) return true;
    if (format_ == nullptr) {
      format_ = format;
      format_file_ = file_->path;
    }
    if (format == format_) return true;
    analysis_.refusal = file_->path + " is " + std::string(format->name) + ", but " + format_file_ + " is " +
                        std::string(format_->name) + ": one series has one format";
    return false;
  }

  // The life with the dump's mark; without one, the newest, unless it has ended.
  Life& LifeOf(const JoinedDump& dump) {
    const auto same =
        std::find_if(lives_.rbegin(), lives_.rend(), [&](const MarkedLife& life) { return life.mark == dump.life; });
    if (same == lives_.rend() || same->life->IsOver(dump)) {
      return *lives_.emplace_back(MarkedLife{dump.life, std::make_unique<Life>(options_, book_)}).life;
    }
    return *same->life;
  }

  void NoteWhatIsMissing(const JoinedDump& dump) {
    const auto has_ages = [](const JoinedSite& site) { return site.counts.ages.has_value(); };
    const auto has_births = [](const JoinedSite& site) { return site.counts.born_bytes || site.counts.born_samples; };
    const auto has_samples = [](const JoinedSite& site) { return site.counts.live_samples.has_value(); };
    lacks_samples_ |= !std::ranges::all_of(dump.sites, has_samples);
    lacks_ages_ |= !std::ranges::all_of(dump.sites, has_ages);
    lacks_births_ |= !std::ranges::all_of(dump.sites, has_births);
    lacks_use_ |= !dump.used_bytes;
    is_partial_ |= dump.partial;
  }

  void AddNotes() {
    std::vector<std::string>& notes = analysis_.report.notes;
    if (lacks_ages_) notes.push_back("the dumps tell no ages, so a verdict rests on less evidence than the agent's");
    if (lacks_births_) notes.push_back("the dumps count no births and deaths: only net changes between them are seen");
    if (lacks_samples_) notes.push_back("the dumps do not count blocks: what is called a sample is a sampling interval or 4 KiB of bytes");
    if (is_partial_) notes.push_back("the dumps hold only the largest call stacks: what is missing is unknown");
    if (lacks_use_ && options_.limit_bytes) {
      notes.push_back("the dumps do not tell the memory in use: the live bytes alone are set against the limit");
    }
    if (clock_.source() == TimeSource::kFile) notes.push_back("times are those of the files");
    if (clock_.source() == TimeSource::kEvery) notes.push_back("times are counted from 1970 with the given --every");
  }

  // Dumps that know only the time since the start: the last was taken when the file was written.
  void SetClock(std::vector<LifeReport>& lives) {
    if (clock_.source() != TimeSource::kElapsed || lives.empty()) return;
    const double shift_s = file_->mtime_s - lives.back().end_s;
    for (LifeReport& life : lives) Shift(life, shift_s);
    for (AlarmEvent& event : analysis_.events) Shift(event, shift_s);
  }

  static void Shift(AlarmEvent& event, double shift_s) {
    event.time_s += shift_s;
    if (event.verdict.onset_time_s > 0) event.verdict.onset_time_s += shift_s;
  }

  static void Shift(LifeReport& life, double shift_s) {
    life.start_s += shift_s;
    life.end_s += shift_s;
    for (double& time_s : life.times_s) time_s += shift_s;
    for (double& time_s : life.forecast.times_s) time_s += shift_s;
    for (SiteReport& site : life.sites) {
      Shift(site.event, shift_s);
      for (double& time_s : site.curve.times_s) time_s += shift_s;
    }
  }

  void Finish() {
    if (unsaid_complaints_ > 0) {
      analysis_.complaints.push_back("and " + std::to_string(unsaid_complaints_) + " more that could not be read");
    }
    if (format_ != nullptr) analysis_.report.format = format_->name;
    std::vector<LifeReport>& lives = analysis_.report.lives;
    for (const MarkedLife& life : lives_) lives.push_back(life.life->Finish(analysis_.events));
    std::ranges::stable_sort(lives, {}, &LifeReport::start_s);
    std::ranges::stable_sort(analysis_.events, {}, &AlarmEvent::time_s);
    AddNotes();
    SetClock(lives);
  }

  const std::vector<SeriesFile>& files_;
  const AnalysisOptions& options_;
  const std::function<void(const Progress&)>& tell_;
  DumpClock clock_;
  SiteBook book_;
  std::vector<MarkedLife> lives_;
  const SeriesFile* file_ = nullptr;
  const Format* format_ = nullptr;
  std::string format_file_;
  Progress progress_;
  size_t unsaid_complaints_ = 0;
  bool lacks_samples_ = false, lacks_ages_ = false, lacks_births_ = false, lacks_use_ = false, is_partial_ = false;
  Analysis analysis_;
};

}  // namespace

Analysis Analyze(const std::vector<SeriesFile>& files, const AnalysisOptions& options,
                 const std::function<void(const Progress&)>& tell) {
  return Analyzer(files, options, tell).Run();
}

}  // namespace headroom
