#include "config/early_options.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "config/environment.h"
#include "config/options.h"
#include "config/text.h"

namespace {

size_t allocations = 0;

}  // namespace

// Not inline: g++ would see malloc and free apart and call them a mismatch.
[[gnu::noinline]] void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace headroom {
namespace {

static_assert(noexcept(ReadEarlyOptions(EnvironmentCopy())));

EarlyOptions Read(const char* const* envp) {
  EnvironmentCopy environment;
  environment.Fill(envp);
  return ReadEarlyOptions(environment);
}

TEST(EarlyOptions, NoEnvironmentGivesTheDefaultsOfOptions) {
  const Options options;
  const char* empty[] = {nullptr};
  for (const EarlyOptions& early : {Read(nullptr), Read(empty)}) {
    EXPECT_EQ(early.enable, options.enable);
    EXPECT_EQ(early.autostart, options.autostart);
    EXPECT_EQ(early.sample_bytes, options.sample_bytes);
    EXPECT_EQ(early.cpu_budget, options.cpu_budget);
    EXPECT_EQ(early.memory_budget_bytes, options.memory_budget_bytes);
  }
}

TEST(EarlyOptions, AllAreReadFromTheEnvironment) {
  const char* envp[] = {"PATH=/bin",
                        "HEADROOM_ENABLE=no",
                        "HEADROOM_SAMPLE_BYTES=64KiB",
                        "HEADROOM_CPU_BUDGET=2%",
                        "HEADROOM_MEMORY_BUDGET=32MiB",
                        "HEADROOM_INTERVAL=1s",
                        nullptr};
  const EarlyOptions early = Read(envp);
  EXPECT_FALSE(early.enable);
  EXPECT_EQ(early.sample_bytes, 64u << 10);
  EXPECT_EQ(early.cpu_budget, 0.02);
  EXPECT_EQ(early.memory_budget_bytes, 32u << 20);
}

TEST(EarlyOptions, BadValueIsTheDefault) {
  const char* envp[] = {"HEADROOM_ENABLE=perhaps", "HEADROOM_SAMPLE_BYTES=2GiB", "HEADROOM_MEMORY_BUDGET=1KiB",
                        nullptr};
  const EarlyOptions early = Read(envp);
  EXPECT_TRUE(early.enable);
  EXPECT_EQ(early.sample_bytes, 512u << 10);
  EXPECT_EQ(early.memory_budget_bytes, 16u << 20);
}

TEST(EarlyOptions, AgreesWithParseOptionsOnRepeatedVariables) {
  const char* envp[] = {"HEADROOM_SAMPLE_BYTES=1MiB", "HEADROOM_SAMPLE_BYTES=x", "HEADROOM_MEMORY_BUDGET=8MiB",
                        "HEADROOM_MEMORY_BUDGET=9MiB", nullptr};
  EnvironmentCopy copy;
  copy.Fill(envp);
  const Options options = ParseOptions(copy).options;
  const EarlyOptions early = Read(envp);
  EXPECT_EQ(early.sample_bytes, options.sample_bytes);
  EXPECT_EQ(early.memory_budget_bytes, options.memory_budget_bytes);
}

TEST(EarlyOptions, NothingInTheConstructorsWayAllocates) {
  const char* envp[] = {"HEADROOM_ENABLE=1", "HEADROOM_SAMPLE_BYTES=64KiB", "HEADROOM_MEMORY_BUDGET=bad",
                        "HEADROOM_ALARM=file:/a/path/longer/than/a/short/string/holds,stderr", nullptr};
  EnvironmentCopy copy;
  allocations = 0;
  Read(envp);
  copy.Fill(envp);
  ParseDuration("1.5h");
  ParsePercent("0.5%");
  EXPECT_EQ(allocations, 0u);
  copy.Entries();
  EXPECT_GT(allocations, 0u) << "the count does not count";
}

}  // namespace
}  // namespace headroom
