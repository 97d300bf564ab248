#ifndef HEADROOM_METRICS_METRIC_TEXT_H_
#define HEADROOM_METRICS_METRIC_TEXT_H_

#include <initializer_list>
#include <optional>
#include <string_view>

#include "alarm/text_buffer.h"

namespace headroom {

enum class MetricKind { kGauge, kCounter };

struct MetricLabel {
  std::string_view name;
  std::string_view value;  // any bytes
};

// Some labels of one sample, written out once for all metrics that carry them. At most kMaxValueBytes of a value are
// kept.
class MetricLabels {
 public:
  static constexpr size_t kMaxValueBytes = 300;

  MetricLabels(std::initializer_list<MetricLabel> labels);
  MetricLabels(const MetricLabels& other) { text_.Append(other.view()); }
  MetricLabels& operator=(const MetricLabels&) = delete;
  MetricLabels& Add(const MetricLabel& label);
  std::string_view view() const { return text_.view(); }

 private:
  FixedText<4096> text_;
};

// One metric with all its samples in Prometheus's text format 0.0.4: valid for any bytes in labels and any number. Does
// not allocate. A sample that does not fit into `out` is left out whole, see is_whole().
class MetricFamily {
 public:
  MetricFamily(std::string_view name, MetricKind kind, std::string_view help, TextBuffer& out)
      : name_(name), kind_(kind), help_(help), out_(out) {}

  // No sample where there is no value. The head comes with the first.
  void Sample(const MetricLabels& labels, std::optional<double> value);

  bool is_whole() const { return is_whole_; }

 private:
  void WriteHead();

  const std::string_view name_;
  const MetricKind kind_;
  const std::string_view help_;
  TextBuffer& out_;
  bool has_head_ = false;
  bool is_whole_ = true;
};

}  // namespace headroom

#endif  // HEADROOM_METRICS_METRIC_TEXT_H_
