#include "limits/cgroup_directories.h"

#include <optional>

#include "limits/mount_line.h"
#include "limits/word_list.h"

namespace headroom {
namespace {

constexpr size_t kMaxDirectories = 64;

// A mount of the hierarchy that shows the process's group, or at least an ancestor of it.
struct View {
  std::string root;  // the group seen at the mount point
  std::string point;
  std::string below;  // from there down to the process's group: "" or "/b/c"
  bool shows_own = true;
};

bool ShowsHierarchy(const MountLine& mount, CgroupVersion version) {
  return version == CgroupVersion::kV2 ? mount.type == "cgroup2"
                                       : mount.type == "cgroup" && ListHasWord(mount.super_options, "memory");
}

bool StartsWithUp(std::string_view path) { return path == "/.." || path.starts_with("/../"); }

// The rest of `path` below `root`, where it is below.
std::optional<std::string_view> Below(std::string_view root, std::string_view path) {
  if (root == "/") root = "";
  if (path == "/") path = "";
  if (!path.starts_with(root)) return std::nullopt;
  const std::string_view rest = path.substr(root.size());
  if (StartsWithUp(rest) || (!rest.empty() && rest[0] != '/')) return std::nullopt;
  return rest;
}

// Whether `root` lies so far above the cgroup namespace ("/../..") that it is an ancestor of `path` through groups
// whose names cannot be seen.
bool IsNamelessAncestor(std::string_view root, std::string_view path) {
  while (StartsWithUp(root) && StartsWithUp(path)) {
    root.remove_prefix(3);
    path.remove_prefix(3);
  }
  if (!StartsWithUp(root)) return false;
  while (StartsWithUp(root)) root.remove_prefix(3);
  return root.empty();
}

std::optional<View> ViewThrough(const MountLine& mount, const CgroupMembership& membership) {
  View view{UnescapeOctal(mount.root), UnescapeOctal(mount.point), "", true};
  if (const auto below = Below(view.root, membership.path)) {
    view.below = *below;
    return view;
  }
  if (!IsNamelessAncestor(view.root, membership.path)) return std::nullopt;
  view.shows_own = false;
  return view;
}

// Own group first, then the longer way up.
bool ShowsMore(const View& a, const View& b) {
  if (a.shows_own != b.shows_own) return a.shows_own;
  return a.below.size() > b.below.size();
}

// Later mounts cover earlier ones: at the same point by their order, at a point above by hiding the files.
std::optional<View> FindBestView(const KernelFiles& files, std::string_view process_directory,
                                 const CgroupMembership& membership) {
  std::optional<View> best;
  LineReader lines = files.Open({process_directory, "mountinfo"});
  while (const auto line = lines.Next()) {
    const auto mount = ParseMountLine(*line);
    if (!mount) continue;
    if (best && best->point == UnescapeOctal(mount->point)) best.reset();
    if (!ShowsHierarchy(*mount, membership.version)) continue;
    auto view = ViewThrough(*mount, membership);
    if (view && files.Exists({view->point, "cgroup.procs"}) && (!best || ShowsMore(*view, *best))) best = view;
  }
  return best;
}

// Groups of v1 could be told to keep their children's usage to themselves; then nothing above them binds.
bool IsChargedBelow(KernelFiles& files, const CgroupDirectory& parent, CgroupVersion version) {
  return version == CgroupVersion::kV2 || files.Amount({parent.directory, "memory.use_hierarchy"}) != 0u;
}

CgroupDirectory DirectoryIn(const View& view, std::string_view below) {
  CgroupDirectory group;
  group.path = (view.root == "/" && !below.empty() ? "" : view.root) + std::string(below);
  group.directory = view.point + std::string(below);
  return group;
}

}  // namespace

std::vector<CgroupDirectory> FindCgroupDirectories(KernelFiles& files, std::string_view process_directory,
                                                   const CgroupMembership& membership) {
  std::vector<CgroupDirectory> groups;
  if (membership.version == CgroupVersion::kNone) return groups;
  const auto view = FindBestView(files, process_directory, membership);
  if (!view) return groups;
  std::string_view below = view->below;
  groups.push_back(DirectoryIn(*view, below));
  groups.back().own = view->shows_own;
  while (!below.empty() && groups.size() < kMaxDirectories) {
    below = below.substr(0, below.rfind('/'));
    CgroupDirectory parent = DirectoryIn(*view, below);
    if (!IsChargedBelow(files, parent, membership.version)) break;
    groups.push_back(std::move(parent));
  }
  return groups;
}

}  // namespace headroom
