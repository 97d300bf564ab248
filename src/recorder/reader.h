#ifndef HEADROOM_RECORDER_READER_H_
#define HEADROOM_RECORDER_READER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace headroom {

// The newest whole record of a recorder file, or why there is none.
struct Record {
  std::string json;       // as it was written: valid where the writer was headroom's; parse it with care all the same
  uint64_t sequence = 0;  // rises with each record
  std::string error;      // empty = found; else one line that names the byte where known
};

// The newest whole heap dump of a recorder file, as it was written (dump/schema.h: a profile.proto), or why there is none.
struct RecordedDump {
  std::string bytes;
  uint64_t sequence = 0;
  std::string error;
};

// For the tool. Reads a bounded part of any file and never waits; the file may be hostile or be rewritten meanwhile.
Record ReadRecord(const std::string& path);
RecordedDump ReadRecordedDump(const std::string& path);

// The same for a regular file that is open, which stays so.
Record ReadRecord(int fd);
RecordedDump ReadRecordedDump(int fd);

// The same for the content of a file.
Record FindRecord(std::string_view file);
RecordedDump FindRecordedDump(std::string_view file);

}  // namespace headroom

#endif  // HEADROOM_RECORDER_READER_H_
