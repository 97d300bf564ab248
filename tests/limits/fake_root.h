#ifndef HEADROOM_TESTS_LIMITS_FAKE_ROOT_H_
#define HEADROOM_TESTS_LIMITS_FAKE_ROOT_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace headroom {

// A made-up / in a directory of its own, gone with the object.
class FakeRoot {
 public:
  FakeRoot() : path_(testing::TempDir() + "headroom_root_XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make " << path_;
  }
  ~FakeRoot() { std::filesystem::remove_all(path_); }
  FakeRoot(const FakeRoot&) = delete;
  FakeRoot& operator=(const FakeRoot&) = delete;

  const std::string& path() const { return path_; }

  void Write(const std::string& file, std::string_view text) const {
    std::filesystem::create_directories(std::filesystem::path(path_ + file).parent_path());
    std::ofstream(path_ + file, std::ios::binary) << text;
  }

  // The files of a whole v1 or v2 group; inactive is what the working set leaves out.
  void WriteGroupV2(const std::string& directory, const std::string& max, const std::string& high, uint64_t current,
                    uint64_t inactive) const {
    WriteGroup(directory, "memory.current", current, "anon 1\nfile 2\ninactive_file " + std::to_string(inactive));
    Write(directory + "/memory.max", max + "\n");
    Write(directory + "/memory.high", high + "\n");
  }
  void WriteGroupV1(const std::string& directory, const std::string& limit, const std::string& hierarchical,
                    uint64_t usage, uint64_t inactive) const {
    WriteGroup(directory, "memory.usage_in_bytes", usage,
               "inactive_file 1\nhierarchical_memory_limit " + hierarchical +
                   "\nhierarchical_memsw_limit 5\ntotal_inactive_file " + std::to_string(inactive));
    Write(directory + "/memory.limit_in_bytes", limit + "\n");
    Write(directory + "/memory.use_hierarchy", "1\n");
  }

 private:
  void WriteGroup(const std::string& directory, const std::string& usage_file, uint64_t usage,
                  const std::string& stat) const {
    Write(directory + "/cgroup.procs", "1\n");
    Write(directory + "/" + usage_file, std::to_string(usage) + "\n");
    Write(directory + "/memory.stat", stat + "\n");
  }

  std::string path_;
};

// What cgroup v1 writes where there is no limit.
inline constexpr char kV1Unlimited[] = "9223372036854771712";

}  // namespace headroom

#endif  // HEADROOM_TESTS_LIMITS_FAKE_ROOT_H_
