#include "hot/stack/frame_description.h"

#include <dlfcn.h>

#include "hot/os/visibility.h"

extern "C" const char _end HEADROOM_HIDDEN;  // the linker's: where the executable or library that we are in ends

namespace headroom::hot {

namespace {

// .eh_frame_hdr (LSB 3.0, "Exception Frames"): four bytes of encodings, then a table of (function, FDE) sorted by function.
struct SearchTable {
  uintptr_t start;  // of the section: what the entries are relative to
  const int32_t* entries;
  uint64_t count;
};

bool OpenSearchTable(uintptr_t header, uintptr_t object_end, SearchTable* table) {
  constexpr uint8_t kVersion = 1, kDataRelativeSdata4 = 0x3B;
  DwarfCursor cursor(header, object_end);
  const uint8_t version = cursor.Read<uint8_t>();
  const uint8_t frame_form = cursor.Read<uint8_t>();
  const uint8_t count_form = cursor.Read<uint8_t>();
  const uint8_t table_form = cursor.Read<uint8_t>();
  if (version != kVersion || table_form != kDataRelativeSdata4) return false;
  cursor.ReadEncoded(frame_form, header);
  table->count = cursor.ReadEncoded(count_form, header);
  table->start = header;
  table->entries = reinterpret_cast<const int32_t*>(cursor.position());
  return cursor.ok() && table->count > 0 && table->count <= (object_end - cursor.position()) / 8;
}

// Of a static executable libc tells where the code ends, and the tables stand behind it.
uintptr_t EndOf(const dl_find_object& object) {
  const uintptr_t end = reinterpret_cast<uintptr_t>(object.dlfo_map_end);
  return reinterpret_cast<uintptr_t>(object.dlfo_eh_frame) < end ? end : reinterpret_cast<uintptr_t>(&_end);
}

uintptr_t FindEntry(const SearchTable& table, uintptr_t pc) {
  const auto function_at = [&](uint64_t i) { return table.start + static_cast<intptr_t>(table.entries[2 * i]); };
  if (pc < function_at(0)) return 0;
  uint64_t low = 0, high = table.count;
  while (high - low > 1) {
    const uint64_t middle = low + (high - low) / 2;
    (function_at(middle) <= pc ? low : high) = middle;
  }
  return table.start + static_cast<intptr_t>(table.entries[2 * low + 1]);
}

// A CIE or FDE without its length word. Only the 32-bit form exists in practice.
DwarfCursor OpenEntry(uintptr_t entry, uintptr_t object_end) {
  const uint32_t length = DwarfCursor(entry, object_end).Read<uint32_t>();
  if (length == 0 || length == 0xFFFFFFFFu || length > object_end - entry - 4) return {0, 0};
  return {entry + 4, entry + 4 + length};
}

bool ReadCommonEntry(uintptr_t entry, uintptr_t object_end, FrameDescription* description) {
  DwarfCursor cursor = OpenEntry(entry, object_end);
  const uint32_t id = cursor.Read<uint32_t>();
  const uint8_t version = cursor.Read<uint8_t>();
  const char* augmentation = reinterpret_cast<const char*>(cursor.position());
  while (cursor.ok() && cursor.Read<char>() != '\0') {
  }
  description->code_align = cursor.ReadUleb();
  description->data_align = cursor.ReadSleb();
  constexpr uint64_t kReturnAddressColumn = 16;
  const uint64_t return_column = version == 1 ? cursor.Read<uint8_t>() : cursor.ReadUleb();
  if (!cursor.ok() || id != 0 || return_column != kReturnAddressColumn || augmentation[0] != 'z') return false;
  const uint64_t augmentation_bytes = cursor.ReadUleb();
  const uintptr_t program = cursor.position() + augmentation_bytes;
  for (const char* letter = augmentation + 1; *letter != '\0' && cursor.ok(); ++letter) {
    switch (*letter) {
      case 'R': description->pointer_form = cursor.Read<uint8_t>(); break;
      case 'P': cursor.ReadEncoded(cursor.Read<uint8_t>() & 0x7F, 0); break;
      case 'L': cursor.Read<uint8_t>(); break;
      case 'S': description->is_signal_frame = true; break;
      case 'B': break;
      default: return false;
    }
  }
  description->common_program = DwarfCursor(program, cursor.end());
  return cursor.ok() && program <= cursor.end();
}

}  // namespace

bool FindFrameDescription(uintptr_t pc, FrameDescription* description) {
  dl_find_object object;
  if (_dl_find_object(reinterpret_cast<void*>(pc), &object) != 0 || object.dlfo_eh_frame == nullptr) return false;
  const uintptr_t object_end = EndOf(object);
  SearchTable table;
  if (!OpenSearchTable(reinterpret_cast<uintptr_t>(object.dlfo_eh_frame), object_end, &table)) return false;
  const uintptr_t entry = FindEntry(table, pc);
  if (entry == 0) return false;
  DwarfCursor cursor = OpenEntry(entry, object_end);
  const uintptr_t back_pointer_at = cursor.position();
  const uint32_t back = cursor.Read<uint32_t>();  // distance to its CIE; 0 would be a CIE itself
  if (!cursor.ok() || back == 0 || !ReadCommonEntry(back_pointer_at - back, object_end, description)) return false;
  description->code_start = cursor.ReadEncoded(description->pointer_form, 0);
  description->code_end = description->code_start + cursor.ReadEncoded(description->pointer_form & 0x0F, 0);
  cursor.Skip(cursor.ReadUleb());
  description->program = cursor;
  return cursor.ok() && description->code_start <= pc && pc < description->code_end;
}

}  // namespace headroom::hot
