#include "metrics/metric_text.h"

#include <charconv>
#include <cmath>

#include "alarm/utf8.h"

namespace headroom {
namespace {

// A control character is shown as '?': it would be valid, but forge a line wherever the label is printed.
std::string_view ShowInLabel(std::string_view character, char (&)[8]) {
  const auto code = static_cast<uint8_t>(character[0]);
  if (code == '"') return "\\\"";
  if (code == '\\') return "\\\\";
  return code < 0x20 || code == 0x7F ? std::string_view("?") : character;
}

void AppendValue(double value, TextBuffer& out) {
  if (std::isnan(value)) return out.Append("NaN");
  if (std::isinf(value)) return out.Append(value > 0 ? "+Inf" : "-Inf");
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  out.Append({digits, static_cast<size_t>(end - digits)});
}

}  // namespace

MetricLabels::MetricLabels(std::initializer_list<MetricLabel> labels) {
  for (const MetricLabel& label : labels) Add(label);
}

MetricLabels& MetricLabels::Add(const MetricLabel& label) {
  if (text_.size() > 0) text_.Append(",");
  text_.Append(label.name);
  text_.Append("=\"");
  AppendUtf8(label.value, kMaxValueBytes, ShowInLabel, text_);
  text_.Append("\"");
  return *this;
}

void MetricFamily::WriteHead() {
  out_.Append("# HELP ");
  out_.Append(name_);
  out_.Append(" ");
  out_.Append(help_);
  out_.Append("\n# TYPE ");
  out_.Append(name_);
  out_.Append(kind_ == MetricKind::kCounter ? " counter\n" : " gauge\n");
}

void MetricFamily::Sample(const MetricLabels& labels, std::optional<double> value) {
  if (!value || !is_whole_) return;
  const size_t before = out_.size();
  if (!has_head_) WriteHead();
  out_.Append(name_);
  if (!labels.view().empty()) {
    out_.Append("{");
    out_.Append(labels.view());
    out_.Append("}");
  }
  out_.Append(" ");
  AppendValue(*value, out_);
  out_.Append("\n");
  is_whole_ = !out_.overflowed();
  if (!is_whole_) return out_.Rewind(before);
  has_head_ = true;
}

}  // namespace headroom
