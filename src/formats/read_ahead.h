#ifndef HEADROOM_FORMATS_READ_AHEAD_H_
#define HEADROOM_FORMATS_READ_AHEAD_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "formats/reader.h"

namespace headroom {

// Reads files on threads of its own, ahead of the one thread that takes what they hold, in the order of the list.
// Bounded: each thread reads one file, no more than a few dumps of each wait, and no more than a few files are ahead.
class ReadAhead {
 public:
  ReadAhead(std::vector<std::string> paths, size_t threads);
  ~ReadAhead();  // what has not been taken is dropped
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // ReadDumps() of the next file, which there is.
  const Format* ReadNext(DumpSink& sink);

 private:
  class Channel;
  using Item = std::variant<Dump, ReadError>;
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
  std::mutex mutex_;                 // guards all below
  std::condition_variable changed_;  // any of it
  std::map<size_t, File> files_;     // begun and not yet taken, by their place in the list
  size_t begun_ = 0;
  size_t taken_ = 0;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_READ_AHEAD_H_
