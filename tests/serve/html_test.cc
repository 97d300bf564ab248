#include "serve/html.h"

#include <gtest/gtest.h>

#include <string>

namespace headroom {
namespace {

TEST(Html, NoTextBecomesMarkup) {
  Html page;
  page.Raw("<p>").Text("<b a='1' c=\"2\">&\n\x9b").Raw("</p>");
  EXPECT_EQ(page.Take(), "<p>&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;?\xEF\xBF\xBD</p>");
}

TEST(Html, LongTextIsCut) {
  Html page;
  page.Text(std::string(5000, 'x'));
  EXPECT_LE(page.Take().size(), 300u);
}

}  // namespace
}  // namespace headroom
