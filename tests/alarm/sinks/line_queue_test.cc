#include "alarm/sinks/line_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace headroom {
namespace {

TEST(LineQueue, TheOldestIsGivenUpForTheNewestAndCounted) {
  LineQueue queue;
  for (size_t i = 0; i < LineQueue::kMaxLines + 3; ++i) queue.Push(std::to_string(i));
  EXPECT_EQ(queue.size(), LineQueue::kMaxLines);
  EXPECT_EQ(queue.front(), "3");
  EXPECT_EQ(queue.lost(), 3u);
}

TEST(LineQueue, BytesAreBounded) {
  LineQueue queue;
  for (int i = 0; i < 3; ++i) queue.Push(std::string(LineQueue::kMaxBytes / 2, 'a' + i));
  EXPECT_EQ(queue.size(), 2u);
  EXPECT_EQ(queue.front()[0], 'b');
  EXPECT_EQ(queue.lost(), 1u);
}

TEST(LineQueue, LinesComeOutInOrder) {
  LineQueue queue;
  queue.Push("a");
  queue.Push("b");
  EXPECT_EQ(queue.front(), "a");
  queue.Pop();
  EXPECT_EQ(queue.front(), "b");
  queue.Pop();
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.lost(), 0u);
}

}  // namespace
}  // namespace headroom
