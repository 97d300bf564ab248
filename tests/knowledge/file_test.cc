#include "knowledge/file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "knowledge/format.h"
#include "tests/alarm/sinks/temporary_directory.h"
#include "tests/knowledge/example_knowledge.h"

namespace headroom {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class KnowledgeFileTest : public testing::Test {
 protected:
  void Renew(const BuildKnowledge& news) {
    const Renewed renewed = RenewKnowledge(path_, news);
    EXPECT_EQ(renewed.renewal, Renewal::kDone) << renewed.reason;
  }
  void ExpectLeftAlone(const std::string& content, const std::string& why) {
    EXPECT_EQ(ReadKnowledge(path_).state, KnowledgeState::kRefused);
    EXPECT_THAT(ReadKnowledge(path_).reason, HasSubstr(path_ + ": " + why));
    EXPECT_EQ(RenewKnowledge(path_, Build("aa", {})).renewal, Renewal::kFailed);
    EXPECT_EQ(ReadWhole(path_), content);
  }
  size_t Files() {
    const std::filesystem::directory_iterator files(directory_.path());
    return static_cast<size_t>(std::distance(begin(files), end(files)));
  }

  TemporaryDirectory directory_;
  const std::string path_ = KnowledgePath(directory_.path(), "collectd", 33);
};

TEST_F(KnowledgeFileTest, HasTheNamesOfTheProgramAndTheUser) {
  EXPECT_EQ(path_, directory_ / "collectd.33.knowledge");
  EXPECT_LE(KnowledgePath("", std::string(255, 'x'), 4294967295).size(), 250U) << "with room for .new";
}

TEST_F(KnowledgeFileTest, IsMadeForItsOwnerAlone) {
  EXPECT_EQ(ReadKnowledge(path_).state, KnowledgeState::kAbsent);
  Renew(Build("aa", {Site(1, 5e6F)}));
  struct stat file;
  ASSERT_EQ(stat(path_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600U);
  EXPECT_EQ(Files(), 1U) << "no draft stays behind";
  EXPECT_EQ(ReadKnowledge(path_).knowledge.builds[0].sites[0].records, Level(5e6F));
}

TEST_F(KnowledgeFileTest, WhatOthersToldStays) {
  Renew(Build("aa", {Site(1, 5e6F)}));
  Renew(Build("aa", {Site(2, 6e6F)}));
  Renew(Build("bb", {Site(3, 7e6F)}));
  const Knowledge knowledge = ReadKnowledge(path_).knowledge;
  ASSERT_THAT(knowledge.builds, SizeIs(2));
  EXPECT_THAT(knowledge.builds[0].sites, SizeIs(1));
  EXPECT_THAT(knowledge.builds[1].sites, SizeIs(2));
}

TEST_F(KnowledgeFileTest, NothingNewIsNotWritten) {
  Renew(Build("aa", {Site(1, 5e6F)}));
  struct stat before, after;
  ASSERT_EQ(stat(path_.c_str(), &before), 0);
  Renew(Build("aa", {Site(1, 4e6F)}));
  ASSERT_EQ(stat(path_.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(KnowledgeFileTest, ADamagedOneIsToldOfAndMadeAnew) {
  Renew(Build("aa", {Site(1, 5e6F)}));
  std::string content = ReadWhole(path_);
  content.back() = static_cast<char>(content.back() ^ 1);
  WriteWhole(path_, content);
  const KnowledgeFile file = ReadKnowledge(path_);
  EXPECT_EQ(file.state, KnowledgeState::kDamaged);
  EXPECT_EQ(file.reason, path_ + ": byte 8: the checksum does not match");
  Renew(Build("aa", {Site(2, 6e6F)}));
  EXPECT_THAT(ReadKnowledge(path_).knowledge.builds[0].sites, SizeIs(1));
}

TEST_F(KnowledgeFileTest, AnothersFileIsLeftAlone) {
  WriteWhole(path_, "precious\n");
  ASSERT_EQ(chmod(path_.c_str(), 0600), 0);
  ExpectLeftAlone("precious\n", "byte 0: no knowledge of headroom begins here");
}

TEST_F(KnowledgeFileTest, AFileThatIsTooLargeIsLeftAlone) {
  const std::string content(kMaxKnowledgeBytes + 1000, 'x');
  WriteWhole(path_, content);
  ASSERT_EQ(chmod(path_.c_str(), 0600), 0);
  ExpectLeftAlone(content, "it is too large");
}

TEST_F(KnowledgeFileTest, ASymbolicLinkIsNotFollowed) {
  const std::string target = directory_ / "target";
  WriteWhole(target, "precious\n");
  std::filesystem::create_symlink(target, path_);
  ExpectLeftAlone("precious\n", "it is a symbolic link");
}

TEST_F(KnowledgeFileTest, ASymbolicLinkInPlaceOfTheDraftIsNotFollowed) {
  const std::string target = directory_ / "target";
  WriteWhole(target, "precious\n");
  std::filesystem::create_symlink(target, path_ + ".new");
  const Renewed renewed = RenewKnowledge(path_, Build("aa", {}));
  EXPECT_EQ(renewed.renewal, Renewal::kFailed);
  EXPECT_EQ(renewed.reason, path_ + ".new: it is a symbolic link");
  EXPECT_EQ(ReadWhole(target), "precious\n");
}

TEST_F(KnowledgeFileTest, OneThatOthersCanWriteIsLeftAlone) {
  Renew(Build("aa", {Site(1, 5e6F)}));
  ASSERT_EQ(chmod(path_.c_str(), 0620), 0);
  ExpectLeftAlone(ReadWhole(path_), "others can write it");
}

TEST_F(KnowledgeFileTest, ADirectoryThatIsMissingIsNamed) {
  std::filesystem::remove_all(directory_.path());
  const Renewed renewed = RenewKnowledge(path_, Build("aa", {}));
  EXPECT_EQ(renewed.renewal, Renewal::kFailed);
  EXPECT_EQ(renewed.reason, path_ + ".new: No such file or directory");
}

TEST_F(KnowledgeFileTest, WhoFindsAnotherAtItComesAgain) {
  const std::string draft_path = path_ + ".new";
  const int draft = open(draft_path.c_str(), O_RDWR | O_CREAT, 0600);
  ASSERT_GE(draft, 0);
  struct flock whole {};
  whole.l_type = F_WRLCK;
  ASSERT_EQ(fcntl(draft, F_SETLK, &whole), 0);
  const pid_t child = fork();
  if (child == 0) _exit(RenewKnowledge(path_, Build("aa", {Site(1, 1)})).renewal == Renewal::kBusy ? 0 : 1);
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  close(draft);  // the lock goes with it; the draft of a process that was killed does not matter
  Renew(Build("aa", {Site(1, 1)}));
  EXPECT_EQ(Files(), 1U);
}

TEST_F(KnowledgeFileTest, ManyProcessesLoseNothing) {
  constexpr uint64_t kProcesses = 8, kSitesEach = 25;
  std::vector<pid_t> children;
  for (uint64_t process = 0; process < kProcesses; ++process) {
    children.push_back(fork());
    if (children.back() != 0) continue;
    for (uint64_t site = 0; site < kSitesEach; ++site) {
      const BuildKnowledge news = Build("aa", {Site(process * kSitesEach + site, 1e6F)});
      Renewed renewed{Renewal::kBusy, {}};
      for (; renewed.renewal == Renewal::kBusy; renewed = RenewKnowledge(path_, news)) usleep(100);
      if (renewed.renewal == Renewal::kFailed) _exit(1);
    }
    _exit(0);
  }
  for (const pid_t child : children) {
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(ReadKnowledge(path_).knowledge.builds[0].sites.size(), kProcesses * kSitesEach);
  EXPECT_EQ(Files(), 1U);
}

}  // namespace
}  // namespace headroom
