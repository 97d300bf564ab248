#include "hot/stack/frame_description.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

// Three functions side by side, none ever run: a plain one, one with all that C++ adds, one that a signal returns to.
asm(R"(
  .pushsection .text
  .globl description_plain, description_plain_end, description_cxx, description_signal, description_signal_end
  .hidden description_plain, description_plain_end, description_cxx, description_signal, description_signal_end
description_plain:
  .cfi_startproc
  .skip 10, 0x90
  .cfi_endproc
description_plain_end:
  .skip 6, 0x90
description_cxx:
  .cfi_startproc
  .cfi_personality 0x1b, description_plain
  .cfi_lsda 0x1b, description_plain
  .skip 16, 0x90
  .cfi_endproc
description_signal:
  .cfi_startproc
  .cfi_signal_frame
  .skip 16, 0x90
  .cfi_endproc
description_signal_end:
  .skip 16, 0x90
  .popsection
)");
extern "C" const char description_plain[], description_plain_end[], description_cxx[], description_signal[],
    description_signal_end[];

namespace headroom::hot {
namespace {

uintptr_t AddressOf(const void* place) { return reinterpret_cast<uintptr_t>(place); }

TEST(FrameDescription, CoversItsFunctionFromTheFirstByteToTheLast) {
  for (const char* pc = description_plain; pc < description_plain_end; ++pc) {
    FrameDescription description;
    ASSERT_TRUE(FindFrameDescription(AddressOf(pc), &description));
    EXPECT_EQ(description.code_start, AddressOf(description_plain));
    EXPECT_EQ(description.code_end, AddressOf(description_plain_end));
  }
}

TEST(FrameDescription, GapBetweenFunctionsHasNone) {
  FrameDescription description;
  EXPECT_FALSE(FindFrameDescription(AddressOf(description_plain_end), &description));
  EXPECT_FALSE(FindFrameDescription(AddressOf(description_cxx) - 1, &description));
  EXPECT_FALSE(FindFrameDescription(AddressOf(description_signal_end), &description));
}

TEST(FrameDescription, NeighboursAreToldApart) {
  FrameDescription description;
  ASSERT_TRUE(FindFrameDescription(AddressOf(description_signal) - 1, &description));
  EXPECT_EQ(description.code_start, AddressOf(description_cxx));
  EXPECT_FALSE(description.is_signal_frame);
  FrameDescription next;
  ASSERT_TRUE(FindFrameDescription(AddressOf(description_signal), &next));
  EXPECT_EQ(next.code_start, AddressOf(description_signal));
  EXPECT_TRUE(next.is_signal_frame);
}

TEST(FrameDescription, AlignmentsAreThoseOfTheArchitecture) {
  FrameDescription description;
  ASSERT_TRUE(FindFrameDescription(AddressOf(description_plain), &description));
  EXPECT_EQ(description.code_align, 1u);
  EXPECT_EQ(description.data_align, -8);
}

TEST(FrameDescription, PersonalityAndLanguageDataAreSkipped) {
  FrameDescription plain, cxx;
  ASSERT_TRUE(FindFrameDescription(AddressOf(description_plain), &plain));
  ASSERT_TRUE(FindFrameDescription(AddressOf(description_cxx), &cxx));
  const auto common_bytes = [](const FrameDescription& description) {
    DwarfCursor cursor = description.common_program;
    std::vector<uint8_t> bytes;
    while (!cursor.done()) bytes.push_back(cursor.Read<uint8_t>());
    while (!bytes.empty() && bytes.back() == 0) bytes.pop_back();  // padding
    return bytes;
  };
  EXPECT_EQ(common_bytes(cxx), common_bytes(plain)) << "both begin as every function does";
  EXPECT_FALSE(common_bytes(plain).empty());
}

TEST(FrameDescription, SharedLibrariesAndTheKernelsPageAreSearchedToo) {
  FrameDescription description;
  EXPECT_TRUE(FindFrameDescription(AddressOf(dlsym(RTLD_DEFAULT, "qsort")) + 1, &description));
  void* kernels_page = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_NOLOAD);
  if (kernels_page == nullptr) GTEST_SKIP() << "no vDSO here";
  EXPECT_TRUE(FindFrameDescription(AddressOf(dlsym(kernels_page, "__vdso_clock_gettime")), &description));
}

TEST(FrameDescription, NoCodeHasNone) {
  static int data;
  FrameDescription description;
  for (const uintptr_t pc : {uintptr_t{0}, uintptr_t{1}, AddressOf(&data), AddressOf(&description), ~uintptr_t{0}}) {
    EXPECT_FALSE(FindFrameDescription(pc, &description)) << pc;
  }
}

}  // namespace
}  // namespace headroom::hot
