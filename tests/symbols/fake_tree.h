#ifndef HEADROOM_TESTS_SYMBOLS_FAKE_TREE_H_
#define HEADROOM_TESTS_SYMBOLS_FAKE_TREE_H_

#include <sys/stat.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace headroom::testing {

// A root directory of its own with files and a /proc/self/maps, removed at the end.
class FakeTree {
 public:
  FakeTree() {
    std::string pattern = (std::filesystem::temp_directory_path() / "headroom_symbols_XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~FakeTree() { std::filesystem::remove_all(root_); }
  FakeTree(const FakeTree&) = delete;
  FakeTree& operator=(const FakeTree&) = delete;

  const std::string& root() const { return root_; }

  // Writes the file and returns its inode number. A file that exists is replaced by a new one, as an upgrade does.
  uint64_t Write(const std::string& path, const std::string& bytes) const {
    std::filesystem::create_directories(std::filesystem::path(root_ + path).parent_path());
    const std::string fresh = root_ + path + ".new";
    std::ofstream(fresh, std::ios::binary) << bytes;
    std::filesystem::rename(fresh, root_ + path);
    struct stat status;
    return stat((root_ + path).c_str(), &status) == 0 ? status.st_ino : 0;
  }
  void WriteMaps(const std::string& text) const { Write("/proc/self/maps", text); }
  void Remove(const std::string& path) const { std::filesystem::remove(root_ + path); }

 private:
  std::string root_;
};

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SYMBOLS_FAKE_TREE_H_
