#include "formats/own_dump_reader.h"

#include <optional>
#include <string>

#include "formats/format_error.h"
#include "formats/pprof/own_dump.h"
#include "formats/pprof/tables.h"
#include "formats/pprof_reader.h"

namespace headroom {

bool LooksLikeOwnDump(std::string_view head) { return pprof::BeginsWithOwnHead(head); }

void ReadOwnDump(Input& input, DumpSink& sink) {
  const std::optional<std::string> dump = input.ReadAll(pprof::kMaxProfileBytes);
  const bool is_too_long = !dump && !input.error();
  if (is_too_long) sink.Complain(input.AtByte(pprof::kMaxProfileBytes, "dump goes on, expected its end before"));
  if (!dump) return;
  const std::string_view damage = pprof::FindDamage(*dump);
  if (!damage.empty()) return sink.Complain(input.AtByte(dump->size(), damage));
  try {
    sink.Take(ReadProfile(*dump, input.path()));
  } catch (const FormatError& error) {
    sink.Complain(input.AtByte(error.byte(), error.what()));
  }
}

}  // namespace headroom
