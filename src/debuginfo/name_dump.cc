#include "debuginfo/name_dump.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>

namespace headroom {
namespace {

double ModificationTime(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 ? static_cast<double>(status.st_mtim.tv_sec) : 0;
}

std::vector<CodeSegment> SegmentsOf(const std::string& path) {
  const std::optional<ElfFile> file = ElfFile::Open(path);
  return file ? file->CodeSegments() : std::vector<CodeSegment>{};
}

std::vector<Frame> WithNames(const Frame& frame, const std::vector<CodeName>& names) {
  if (names.empty()) return {frame};
  std::vector<Frame> frames(names.size(), frame);
  for (size_t i = 0; i < names.size(); ++i) {
    frames[i].function = names[i].function;
    frames[i].file = names[i].file;
    frames[i].line = names[i].line;
  }
  return frames;
}

}  // namespace

void FrameNamer::Name(Dump* dump) {
  std::vector<Frame> named;
  std::vector<uint32_t> first_named;  // of each frame, and behind the last
  named.reserve(dump->frames.size());
  for (const Frame& frame : dump->frames) {
    first_named.push_back(static_cast<uint32_t>(named.size()));
    const std::vector<Frame> frames = Named(frame, dump->time_s);
    named.insert(named.end(), frames.begin(), frames.end());
  }
  first_named.push_back(static_cast<uint32_t>(named.size()));
  dump->frames = std::move(named);
  for (DumpSite& site : dump->sites) {
    std::vector<uint32_t> stack;
    for (const uint32_t old : site.stack) {
      for (uint32_t frame = first_named[old]; frame < first_named[old + 1]; ++frame) stack.push_back(frame);
    }
    site.stack = std::move(stack);
  }
}

std::vector<Frame> FrameNamer::Named(const std::vector<Frame>& stack, std::optional<double> time_s) {
  std::vector<Frame> named;
  for (const Frame& frame : stack) std::ranges::move(Named(frame, time_s), std::back_inserter(named));
  return named;
}

std::vector<Frame> FrameNamer::Named(const Frame& frame, std::optional<double> time_s) {
  return IsNamable(frame, time_s) ? WithNames(frame, NamesOf(frame)) : std::vector<Frame>{frame};
}

std::vector<Frame> FrameNamer::WithLines(const std::vector<Frame>& stack) {
  std::vector<Frame> placed;
  for (const Frame& frame : stack) {
    const bool lacks_line = frame.file.empty() && frame.module.starts_with('/');
    const std::vector<CodeName> names = lacks_line ? NamesOf(frame) : std::vector<CodeName>();
    const bool is_news = !names.empty() && (frame.function.empty() || !names.front().file.empty());
    std::ranges::move(is_news ? WithNames(frame, names) : std::vector<Frame>{frame}, std::back_inserter(placed));
  }
  return placed;
}

bool FrameNamer::IsNamable(const Frame& frame, std::optional<double> time_s) {
  if (!frame.function.empty() || !frame.module.starts_with('/')) return false;
  if (!frame.build_id.empty() || !time_s || ModuleOf(frame).changed_s <= *time_s) return true;
  distrusted_.insert(frame.module);
  return false;
}

const FrameNamer::Module& FrameNamer::ModuleOf(const Frame& frame) {
  const ModuleKey key(frame.module, frame.build_id);
  const auto known = modules_.find(key);
  if (known != modules_.end()) return known->second;
  Module module{ModuleCode(frame.module, frame.build_id), {}, 0};
  if (frame.build_id.empty()) {
    module.segments = SegmentsOf(frame.module);
    module.changed_s = ModificationTime(frame.module);
  }
  return modules_.emplace(key, std::move(module)).first->second;
}

const std::vector<CodeName>& FrameNamer::NamesOf(const Frame& frame) {
  const auto [known, is_new] = names_.try_emplace({frame.module, frame.build_id, frame.offset});
  if (is_new) {
    const Module& module = ModuleOf(frame);
    known->second = module.code.At(VirtualAddress(module.segments, frame.offset));
  }
  return known->second;
}

}  // namespace headroom
