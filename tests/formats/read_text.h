#ifndef HEADROOM_TESTS_FORMATS_READ_TEXT_H_
#define HEADROOM_TESTS_FORMATS_READ_TEXT_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "formats/reader.h"

namespace headroom {

// All that a reader found.
struct Findings : DumpSink {
  std::vector<Dump> dumps;
  std::vector<std::string> complaints;
  const Format* format = nullptr;

  void Take(Dump dump) override { dumps.push_back(std::move(dump)); }
  void Complain(ReadError error) override { complaints.push_back(std::move(error.message)); }
};

// The findings in a file.
inline Findings ReadFile(const std::filesystem::path& path) {
  Findings findings;
  findings.format = ReadDumps(path, findings);
  return findings;
}

// The findings in a file of that content. Complaints name it "dump".
inline Findings ReadText(std::string_view content) {
  const std::filesystem::path directory =
      std::filesystem::path(testing::TempDir()) / ("formats" + std::to_string(getpid()));
  std::filesystem::create_directories(directory);
  const std::filesystem::path path = directory / "dump";
  std::ofstream(path, std::ios::binary) << content;
  Findings findings = ReadFile(path);
  std::filesystem::remove_all(directory);
  for (std::string& complaint : findings.complaints) complaint.replace(0, path.string().size(), "dump");
  return findings;
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_FORMATS_READ_TEXT_H_
