#include "host/process_facts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace headroom {
namespace {

TEST(ProcessFacts, KnowThisProcess) {
  const auto facts = FactsOf(getpid());
  ASSERT_TRUE(facts);
  const double now_s = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  EXPECT_LE(facts->start_s, now_s);
  EXPECT_GT(facts->start_s, now_s - 3600);
  EXPECT_EQ(facts->users, std::vector<uint32_t>(4, getuid()));
}

TEST(ProcessFacts, AreNoneForAProcessThatIsNotThere) {
  EXPECT_FALSE(FactsOf(0));
  EXPECT_FALSE(FactsOf(-1));
  EXPECT_FALSE(FactsOf(int64_t{1} << 40));
}

TEST(ProcessFacts, AreNotMisledByAName) {
  char root[] = "/tmp/facts-XXXXXX";
  ASSERT_NE(mkdtemp(root), nullptr);
  std::filesystem::create_directories(std::string(root) + "/proc/7");
  std::ofstream(std::string(root) + "/proc/7/stat")
      << "7 (a) R 1 1 1\n(b)) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4200 23 24\n";
  std::ofstream(std::string(root) + "/proc/7/status") << "Name:\tx\nUid:\t1\t2\t3\t4\nGid:\t5\n";
  const auto facts = FactsOf(7, root);
  const auto earlier = FactsOf(getpid());
  std::filesystem::remove_all(root);
  ASSERT_TRUE(facts && earlier);
  EXPECT_EQ(facts->users, (std::vector<uint32_t>{1, 2, 3, 4}));
  timespec since_boot{};
  clock_gettime(CLOCK_BOOTTIME, &since_boot);
  const double now_s = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  const double boot_s = now_s - static_cast<double>(since_boot.tv_sec) - static_cast<double>(since_boot.tv_nsec) * 1e-9;
  EXPECT_NEAR(facts->start_s - boot_s, 4200.0 / static_cast<double>(sysconf(_SC_CLK_TCK)), 1);
}

}  // namespace
}  // namespace headroom
