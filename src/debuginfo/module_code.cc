#include "debuginfo/module_code.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <libiberty/demangle.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>

#include "debuginfo/debuginfod.h"
#include "symbols/demangle.h"
#include "symbols/elf_file.h"

namespace headroom {
namespace {

using Scopes = std::unique_ptr<Dwarf_Die, void (*)(void*)>;

bool IsBuild(const std::string& path, const std::string& build_id) {
  const std::optional<ElfFile> file = ElfFile::Open(path);
  return file && (build_id.empty() || file->BuildId() == build_id);
}

// The file to read: the program's own, else one that knows only its debug information.
std::optional<std::string> FindFile(const std::string& path, const std::string& build_id,
                                    const std::string& debug_directory) {
  if (IsBuild(path, build_id)) return path;
  constexpr size_t kShortestId = 3;
  if (build_id.size() < kShortestId) return std::nullopt;
  const std::string separate =
      debug_directory + "/.build-id/" + build_id.substr(0, 2) + "/" + build_id.substr(2) + ".debug";
  if (IsBuild(separate, build_id)) return separate;
  return FetchDebugInfo(build_id);
}

std::string ReadableName(const char* symbol) {
  if (symbol == nullptr) return {};
  const std::unique_ptr<char, void (*)(void*)> rust(rust_demangle(symbol, 0), std::free);
  return FunctionName(std::string_view(symbol).starts_with("_R") && rust ? rust.get() : symbol);
}

bool IsFunction(Dwarf_Die& die) {
  const int tag = dwarf_tag(&die);
  return tag == DW_TAG_inlined_subroutine || tag == DW_TAG_subprogram || tag == DW_TAG_entry_point;
}

std::string NameOf(Dwarf_Die& die) {
  Dwarf_Attribute attribute;
  for (const unsigned kind : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
    if (dwarf_attr_integrate(&die, kind, &attribute) != nullptr) return ReadableName(dwarf_formstring(&attribute));
  }
  return ReadableName(dwarf_diename(&die));
}

std::optional<Dwarf_Word> Number(Dwarf_Die& die, unsigned kind) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  if (dwarf_formudata(dwarf_attr(&die, kind, &attribute), &value) != 0) return std::nullopt;
  return value;
}

// Where an inlined function was called.
void SetCallLine(Dwarf_Die& compilation_unit, Dwarf_Die& inlined, CodeName* caller) {
  caller->line = static_cast<int>(Number(inlined, DW_AT_call_line).value_or(0));
  Dwarf_Files* files = nullptr;
  size_t count = 0;
  const std::optional<Dwarf_Word> number = Number(inlined, DW_AT_call_file);
  if (!number || dwarf_getsrcfiles(&compilation_unit, &files, &count) != 0 || *number >= count) return;
  const char* file = dwarf_filesrc(files, *number, nullptr, nullptr);
  if (file != nullptr) caller->file = file;
}

}  // namespace

ModuleCode::ModuleCode(const std::string& path, const std::string& build_id, const std::string& debug_directory) {
  const std::optional<std::string> file = FindFile(path, build_id, debug_directory);
  if (file) Report(*file);
}

void ModuleCode::Report(const std::string& file) {
  static const Dwfl_Callbacks kCallbacks = {.find_elf = dwfl_build_id_find_elf,
                                            .find_debuginfo = dwfl_standard_find_debuginfo,
                                            .section_address = dwfl_offline_section_address,
                                            .debuginfo_path = nullptr};
  dwfl_.reset(dwfl_begin(&kCallbacks));
  if (dwfl_ == nullptr) return;
  dwfl_report_begin(dwfl_.get());
  module_ = dwfl_report_offline(dwfl_.get(), "", file.c_str(), -1);
  dwfl_report_end(dwfl_.get(), nullptr, nullptr);
  if (module_ != nullptr && dwfl_module_getelf(module_, &bias_) == nullptr) module_ = nullptr;
}

std::vector<CodeName> ModuleCode::At(uint64_t virtual_address) const {
  if (module_ == nullptr) return {};
  const Dwarf_Addr address = virtual_address + bias_;
  Dwarf_Addr start = 0, end = 0;
  dwfl_module_info(module_, nullptr, &start, &end, nullptr, nullptr, nullptr, nullptr);
  if (address < start || address >= end) return {};
  std::vector<CodeName> names = FromDwarf(address);
  return names.empty() ? FromSymbols(address) : names;
}

std::vector<CodeName> ModuleCode::FromDwarf(Dwarf_Addr address) const {
  Dwarf_Addr bias = 0;
  Dwarf_Die* compilation_unit = dwfl_module_addrdie(module_, address, &bias);
  if (compilation_unit == nullptr) return {};
  Dwarf_Die* found = nullptr;
  if (dwarf_getscopes(compilation_unit, address - bias, &found) <= 0) return {};
  const Scopes innermost(found, std::free);
  // The scopes around an inlined call as the code has them, not as its source was written.
  Dwarf_Die* around = nullptr;
  const int count = dwarf_getscopes_die(innermost.get(), &around);
  if (count <= 0) return {};
  const Scopes scopes(around, std::free);
  std::vector<CodeName> names;
  std::optional<Dwarf_Die> inlined;
  for (Dwarf_Die& scope : std::span(scopes.get(), static_cast<size_t>(count))) {
    if (!IsFunction(scope)) continue;
    CodeName name{NameOf(scope), {}, 0};
    inlined ? SetCallLine(*compilation_unit, *inlined, &name) : SetLine(address, &name);
    names.push_back(std::move(name));
    if (dwarf_tag(&scope) != DW_TAG_inlined_subroutine) break;
    inlined = scope;
  }
  return names;
}

std::vector<CodeName> ModuleCode::FromSymbols(Dwarf_Addr address) const {
  const std::string function = ReadableName(dwfl_module_addrname(module_, address));
  if (function.empty()) return {};
  CodeName name{function, {}, 0};
  SetLine(address, &name);
  return {name};
}

void ModuleCode::SetLine(Dwarf_Addr address, CodeName* name) const {
  Dwfl_Line* line = dwfl_module_getsrc(module_, address);
  if (line == nullptr) return;
  const char* file = dwfl_lineinfo(line, nullptr, &name->line, nullptr, nullptr, nullptr);
  if (file != nullptr) name->file = file;
}

}  // namespace headroom
