#include "analysis/read_ahead.h"

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

constexpr size_t kFilesAhead = 2;    // for each thread
constexpr size_t kItemsWaiting = 2;  // of each file

}  // namespace

class ReadAhead::Channel : public DumpSink {
 public:
  Channel(ReadAhead& ahead, size_t file) : ahead_(ahead), file_(file) {}

  void Take(Dump dump) override { ahead_.Put(file_, Join(std::move(dump), ahead_.book_)); }
  void Complain(ReadError error) override { ahead_.Put(file_, std::move(error)); }

 private:
  ReadAhead& ahead_;
  size_t file_;
};

ReadAhead::ReadAhead(std::vector<std::string> paths, size_t threads, SiteBook& book)
    : paths_(std::move(paths)), most_ahead_(kFilesAhead * threads), book_(book) {
  for (size_t i = 0; i < std::min(threads, paths_.size()); ++i) threads_.emplace_back([this] { Work(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

const Format* ReadAhead::ReadNext(JoinedSink& sink) {
  std::unique_lock lock(mutex_);
  const size_t file = taken_;
  while (true) {
    changed_.wait(lock, [&] { return files_.contains(file) && (files_[file].is_read || !files_[file].items.empty()); });
    if (files_[file].items.empty()) break;
    Item item = std::move(files_[file].items.front());
    files_[file].items.pop_front();
    lock.unlock();
    changed_.notify_all();
    if (auto* dump = std::get_if<JoinedDump>(&item)) {
      sink.Take(std::move(*dump));
    } else {
      sink.Complain(std::get<ReadError>(std::move(item)));
    }
    lock.lock();
  }
  const Format* format = files_[file].format;
  files_.erase(file);
  ++taken_;
  lock.unlock();
  changed_.notify_all();
  return format;
}

void ReadAhead::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_over_ || begun_ == paths_.size() || MayBegin(); });
    if (is_over_ || begun_ == paths_.size()) return;
    const size_t file = begun_++;
    files_[file];
    lock.unlock();
    Channel channel(*this, file);
    const Format* format = ReadDumps(paths_[file], channel);
    lock.lock();
    files_[file].format = format;
    files_[file].is_read = true;
    changed_.notify_all();
  }
}

// Waits while enough of the file waits already; the one who takes needs none of another file before.
void ReadAhead::Put(size_t file, Item item) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return is_over_ || files_[file].items.size() < kItemsWaiting; });
  if (is_over_) return;
  files_[file].items.push_back(std::move(item));
  lock.unlock();
  changed_.notify_all();
}

}  // namespace headroom
