#ifndef HEADROOM_ANALYSIS_READ_AHEAD_H_
#define HEADROOM_ANALYSIS_READ_AHEAD_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "analysis/joined_dump.h"
#include "analysis/site_book.h"
#include "formats/reader.h"

namespace headroom {

// As DumpSink, of dumps whose stacks are in the book.
class JoinedSink {
 public:
  virtual ~JoinedSink() = default;
  virtual void Take(JoinedDump dump) = 0;
  virtual void Complain(ReadError error) = 0;
};

// Reads files and enters their stacks into the book on threads of its own, ahead of the one thread that takes what they
// hold, in the order of the list. Bounded: each thread reads one file, no more than a few dumps of each wait, and no
// more than a few files are ahead.
class ReadAhead {
 public:
  ReadAhead(std::vector<std::string> paths, size_t threads, SiteBook& book);  // the book outlives it
  ~ReadAhead();                                                               // what has not been taken is dropped
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // ReadDumps() of the next file, which there is.
  const Format* ReadNext(JoinedSink& sink);

 private:
  class Channel;
  using Item = std::variant<JoinedDump, ReadError>;
  struct File {
    std::deque<Item> items;  // found and not yet taken
    bool is_read = false;
    const Format* format = nullptr;
  };

  void Work();
  bool MayBegin() const { return begun_ < paths_.size() && begun_ < taken_ + most_ahead_; }
  void Put(size_t file, Item item);

  const std::vector<std::string> paths_;
  const size_t most_ahead_;
  SiteBook& book_;
  std::mutex mutex_;                 // guards all below
  std::condition_variable changed_;  // any of it
  std::map<size_t, File> files_;     // begun and not yet taken, by their place in the list
  size_t begun_ = 0;
  size_t taken_ = 0;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_READ_AHEAD_H_
