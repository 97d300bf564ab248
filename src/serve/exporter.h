#ifndef HEADROOM_SERVE_EXPORTER_H_
#define HEADROOM_SERVE_EXPORTER_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/host_records.h"
#include "serve/http.h"

namespace headroom {

// What `headroom serve` answers to each request. For any number of threads. No part of a request names a file: a
// process is asked for by its id, which is looked up among the records that were found.
class Exporter {
 public:
  // As for HostRecords.
  explicit Exporter(std::vector<std::string> directories) : records_(std::move(directories)) {}

  HttpResponse Answer(const HttpRequest& request);

 private:
  // Of now, or of less than a second ago: many clients do not cost more than one.
  std::shared_ptr<const HostView> View();

  std::mutex mutex_;
  HostRecords records_;
  std::shared_ptr<const HostView> view_;
};

}  // namespace headroom

#endif  // HEADROOM_SERVE_EXPORTER_H_
