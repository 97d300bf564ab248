#include "cli/series_files.h"

#include <string.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

namespace headroom {
namespace {

double ModificationTime(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return 0;
  return static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) * 1e-9;
}

void AddDirectory(const std::string& directory, std::vector<SeriesFile>& files) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with('.') || !entry.is_regular_file(error)) continue;
    files.push_back({entry.path(), ModificationTime(entry.path())});
  }
}

}  // namespace

std::vector<SeriesFile> FindSeriesFiles(const std::vector<std::string>& paths) {
  std::vector<SeriesFile> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
      AddDirectory(path, files);
    } else {
      files.push_back({path, ModificationTime(path)});
    }
  }
  std::ranges::stable_sort(
      files, [](const SeriesFile& a, const SeriesFile& b) { return strverscmp(a.path.c_str(), b.path.c_str()) < 0; });
  return files;
}

}  // namespace headroom
