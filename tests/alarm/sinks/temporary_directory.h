#ifndef HEADROOM_TESTS_ALARM_SINKS_TEMPORARY_DIRECTORY_H_
#define HEADROOM_TESTS_ALARM_SINKS_TEMPORARY_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace headroom {

// An empty directory for one test, removed after it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(mkdtemp(name_)) {}
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  char name_[32] = "/tmp/headroom_test_XXXXXX";
  std::string path_;
};

inline std::string ReadWhole(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

inline void WriteWhole(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_ALARM_SINKS_TEMPORARY_DIRECTORY_H_
