#include "analysis/site_book.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

Dump DumpOf(const std::vector<Frame>& frames) {
  Dump dump;
  dump.frames = frames;
  dump.sites.resize(1);
  for (uint32_t i = 0; i < frames.size(); ++i) dump.sites[0].stack.push_back(i);
  return dump;
}

uint64_t KeyOf(SiteBook& book, const std::vector<Frame>& frames) { return book.Enter(DumpOf(frames)).at(0).key; }

Frame At(const std::string& module, uint64_t offset) { return {"", "", 0, module, "", offset}; }
Frame Named(const std::string& function) { return {function, "", 0, "", "", 0}; }

TEST(SiteBook, EqualPlacesAreOneSiteWhereverTheModuleIsInstalled) {
  SiteBook book;
  EXPECT_EQ(KeyOf(book, {At("/opt/a/app", 16)}), KeyOf(book, {At("/srv/app", 16)}));
  EXPECT_NE(KeyOf(book, {At("/opt/a/app", 16)}), KeyOf(book, {At("/opt/a/app", 17)}));
}

TEST(SiteBook, NamedFunctionsAreOneSiteWhateverTheOffset) {
  SiteBook book;
  Frame moved = Named("f");
  moved.offset = 99;
  EXPECT_EQ(KeyOf(book, {Named("f"), Named("main")}), KeyOf(book, {moved, Named("main")}));
  EXPECT_NE(KeyOf(book, {Named("f"), Named("main")}), KeyOf(book, {Named("main"), Named("f")}));
}

TEST(SiteBook, TheAllocatorIsNoPartOfTheStack) {
  SiteBook book;
  const uint64_t key = KeyOf(book, {At("/usr/lib/libjemalloc.so.2", 5), Named("malloc"), Named("f")});
  EXPECT_EQ(key, KeyOf(book, {Named("operator new(unsigned long)"), Named("f")}));
  ASSERT_EQ(book.FramesOf(key).size(), 1u);
  EXPECT_EQ(book.FramesOf(key)[0].function, "f");
}

TEST(SiteBook, AStackOfTheAllocatorAloneKeepsItsFrames) {
  SiteBook book;
  EXPECT_EQ(book.FramesOf(KeyOf(book, {Named("malloc")})).size(), 1u);
}

TEST(SiteBook, ALabelMakesASiteOfItsOwn) {
  SiteBook book;
  Dump dump = DumpOf({Named("f")});
  dump.sites.push_back(dump.sites[0]);
  dump.sites[1].label = "tenant a";
  const std::vector<SiteRef> sites = book.Enter(dump);
  EXPECT_NE(sites[0].key, sites[1].key);
  EXPECT_NE(book.IdOf(sites[0].key), book.IdOf(sites[1].key));
  EXPECT_EQ(book.LabelOf(sites[0].key), "");
  EXPECT_EQ(book.LabelOf(sites[1].key), "tenant a");
  EXPECT_EQ(book.FramesOf(sites[1].key).at(0).function, "f");
}

TEST(SiteBook, IdsHoldFromBookToBook) {
  SiteBook first;
  SiteBook second;
  KeyOf(second, {Named("other")});
  EXPECT_EQ(first.IdOf(KeyOf(first, {Named("f")})), second.IdOf(KeyOf(second, {Named("f")})));
}

}  // namespace
}  // namespace headroom
