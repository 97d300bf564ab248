#include "serve/curve.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "serve/words.h"

namespace headroom {
namespace {

constexpr int kWidth = 340, kHeight = 130;  // in the units of the picture
constexpr int kTop = 14, kBottom = 112;     // of the plot; the words for time stand below, the one for the limit above
constexpr double kAboveLimit = 1.04;        // the limit is drawn a little below the top

// From values to the picture.
class Scale {
 public:
  explicit Scale(const std::vector<MemoryPoint>& points)
      : begin_s_(points.front().time_s), end_s_(points.back().time_s) {
    for (const MemoryPoint& point : points) {
      top_ = std::max({top_, kAboveLimit * static_cast<double>(point.limit_bytes),
                       kAboveLimit * static_cast<double>(point.used_bytes)});
    }
  }

  int X(double time_s) const { return Place((time_s - begin_s_) / (end_s_ - begin_s_) * kWidth, 0, kWidth); }
  int Y(double bytes) const { return Place(kBottom - bytes / top_ * (kBottom - kTop), kTop, kBottom); }
  double seconds() const { return end_s_ - begin_s_; }

 private:
  static int Place(double place, int low, int high) {
    return std::isfinite(place) ? static_cast<int>(std::clamp<double>(std::round(place), low, high)) : low;
  }

  double begin_s_, end_s_;
  double top_ = 1;
};

void WriteLine(const std::vector<MemoryPoint>& points, const Scale& scale, double (*bytes)(const MemoryPoint&),
               std::string_view style, Html& page) {
  page.Raw("<polyline fill=none ").Raw(style).Raw(" points='");
  for (const MemoryPoint& point : points) {
    page.Raw(std::to_string(scale.X(point.time_s)) + "," + std::to_string(scale.Y(bytes(point))) + " ");
  }
  page.Raw("'/>");
}

bool IsDrawable(const std::vector<MemoryPoint>& points) {
  return points.size() >= 2 && points.front().time_s < points.back().time_s &&
         std::ranges::all_of(points, [](const MemoryPoint& point) { return std::isfinite(point.time_s); });
}

void WriteWord(int x, int y, std::string_view anchor, const std::string& text, Html& page) {
  page.Raw("<text x=" + std::to_string(x) + " y=" + std::to_string(y) + " text-anchor=").Raw(anchor).Raw(">");
  page.Text(text).Raw("</text>");
}

}  // namespace

void WriteCurve(const std::vector<MemoryPoint>& points, Html& page) {
  if (!IsDrawable(points)) return;
  const Scale scale(points);
  page.Raw("<svg viewBox='0 0 " + std::to_string(kWidth) + " " + std::to_string(kHeight) +
           "' role=img aria-label='memory over time'>");
  const uint64_t limit = points.back().limit_bytes;
  if (limit > 0) {
    WriteLine(
        points, scale, [](const MemoryPoint& p) { return static_cast<double>(p.limit_bytes); },
        "stroke='var(--limit)' stroke-dasharray='5 4'", page);
    WriteWord(kWidth, kTop - 4, "end", "limit " + BytesWords(static_cast<double>(limit)), page);
  }
  WriteLine(
      points, scale, [](const MemoryPoint& p) { return p.live_bytes; }, "stroke='var(--dim)' stroke-width=1", page);
  WriteLine(
      points, scale, [](const MemoryPoint& p) { return static_cast<double>(p.used_bytes); },
      "stroke='var(--curve)' stroke-width=2", page);
  WriteWord(0, kHeight - 5, "start", DurationWords(scale.seconds()) + " ago", page);
  WriteWord(kWidth / 2, kHeight - 5, "middle", "blue: used, grey: live on the heap", page);
  WriteWord(kWidth, kHeight - 5, "end", "last look", page);
  page.Raw("</svg>");
}

}  // namespace headroom
