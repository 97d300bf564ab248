#include "cli/target.h"

#include <elf.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "symbols/elf_file.h"

namespace headroom {
namespace {

constexpr char kGlibcLoader[] = "ld-linux-x86-64.so.2";
constexpr int kMostInterpreters = 5;  // the kernel follows no more
constexpr size_t kLongestLoaderPath = 4096;

bool IsFile(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

// The program named in a "#!" line. Empty: no script.
std::string ScriptInterpreter(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char mark[2] = {};
  if (!file.read(mark, sizeof mark) || mark[0] != '#' || mark[1] != '!') return {};
  std::string line;
  std::getline(file, line);
  std::string interpreter;
  std::istringstream(line) >> interpreter;
  return interpreter;
}

std::string FollowScripts(std::string path) {
  for (int i = 0; i < kMostInterpreters; ++i) {
    std::string interpreter = ScriptInterpreter(path);
    if (interpreter.empty()) break;
    path = interpreter;
  }
  return path;
}

template <typename Record>
bool ReadAt(std::ifstream& file, uint64_t offset, Record& record) {
  file.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(file.read(reinterpret_cast<char*>(&record), sizeof record));
}

std::string ReadLoaderPath(std::ifstream& file, const Elf64_Phdr& segment) {
  std::string path(std::min<uint64_t>(segment.p_filesz, kLongestLoaderPath), '\0');
  file.seekg(static_cast<std::streamoff>(segment.p_offset));
  file.read(path.data(), static_cast<std::streamsize>(path.size()));
  return path.c_str();  // up to the NUL
}

// The loader that a 64-bit program asks for. Empty: it asks for none.
std::string LoaderOf(std::ifstream& file, const Elf64_Ehdr& header) {
  for (int i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (!ReadAt(file, header.e_phoff + static_cast<uint64_t>(i) * header.e_phentsize, segment)) break;
    if (segment.p_type == PT_INTERP) return ReadLoaderPath(file, segment);
  }
  return {};
}

std::optional<std::string> LinkageObstacle(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Elf64_Ehdr header;
  if (!ReadAt(file, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return path + " is not a 64-bit program";
  const std::string loader = LoaderOf(file, header);
  if (loader.empty()) return path + " is statically linked, so no loader reads LD_PRELOAD";
  if (std::filesystem::path(loader).filename() != kGlibcLoader)
    return path + " is loaded by " + loader + ", not by glibc";
  return std::nullopt;
}

// The kernel's rule for AT_SECURE, under which the loader ignores LD_PRELOAD.
std::optional<std::string> PrivilegeObstacle(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  const bool new_user = (status.st_mode & S_ISUID) != 0 && status.st_uid != getuid();
  const bool new_group =
      (status.st_mode & S_ISGID) != 0 && (status.st_mode & S_IXGRP) != 0 && status.st_gid != getgid();
  if (new_user || new_group) return path + " is set-user-ID or set-group-ID, so the loader ignores LD_PRELOAD";
  const bool capabilities = getuid() != 0 && getxattr(path.c_str(), "security.capability", nullptr, 0) > 0;
  if (capabilities) return path + " has file capabilities, so the loader ignores LD_PRELOAD";
  return std::nullopt;
}

// Names of the libraries that the program is linked to.
std::vector<std::string> NeededLibraries(const ElfFile& program) {
  constexpr size_t kLongestName = 256, kMostEntries = 4096;
  std::vector<std::string> names;
  const std::optional<Elf64_Shdr> dynamic = program.FindSection(SHT_DYNAMIC);
  const std::optional<Elf64_Shdr> strings = dynamic ? program.SectionAt(dynamic->sh_link) : std::nullopt;
  if (!strings) return names;
  const size_t count = std::min<uint64_t>(dynamic->sh_size / sizeof(Elf64_Dyn), kMostEntries);
  for (size_t i = 0; i < count; ++i) {
    Elf64_Dyn entry;
    if (!program.file().ReadAt(dynamic->sh_offset + i * sizeof(entry), &entry, sizeof(entry))) break;
    if (entry.d_tag == DT_NEEDED) names.push_back(program.StringAt(*strings, entry.d_un.d_val, kLongestName));
  }
  return names;
}

}  // namespace

std::optional<std::string> FindProgram(const std::string& command) {
  if (command.find('/') != std::string::npos) return command;
  const char* path = std::getenv("PATH");
  std::istringstream directories(path != nullptr ? path : "/bin:/usr/bin");
  std::optional<std::string> first;
  for (std::string directory; std::getline(directories, directory, ':');) {
    std::string candidate = directory.empty() ? "./" + command : directory + "/" + command;
    if (!IsFile(candidate)) continue;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    if (!first) first = candidate;
  }
  return first;
}

std::optional<std::string> PreloadObstacle(const std::string& program) {
  const std::string image = FollowScripts(program);
  std::optional<std::string> obstacle = PrivilegeObstacle(image);
  return obstacle ? obstacle : LinkageObstacle(image);
}

std::optional<std::string> PreloadRefusal(const std::string& program) {
  const std::string image = FollowScripts(program);
  const std::optional<ElfFile> file = ElfFile::Open(image);
  if (!file) return std::nullopt;
  for (const std::string& library : NeededLibraries(*file)) {
    for (const auto& [name, sanitizer] : {std::pair("libasan.so", "AddressSanitizer"), {"liblsan.so", "LeakSanitizer"}}) {
      if (library.starts_with(name)) return image + " is built with " + sanitizer + ", which must be loaded first";
    }
  }
  return std::nullopt;
}

}  // namespace headroom
