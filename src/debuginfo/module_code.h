#ifndef HEADROOM_DEBUGINFO_MODULE_CODE_H_
#define HEADROOM_DEBUGINFO_MODULE_CODE_H_

#include <elfutils/libdwfl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headroom {

// One function at a code address; empty strings where it is not known.
struct CodeName {
  std::string function;
  std::string file;
  int line = 0;
};

// The debug information of one object file, through libdw: of the file itself, of a separate file named by build id or
// debug link below /usr/lib/debug, of a debuginfod server; without any, its symbol table. For one thread.
class ModuleCode {
 public:
  static constexpr const char* kDebugDirectory = "/usr/lib/debug";

  // An empty build id takes the file as it is. Without a file of that build everything is unknown.
  ModuleCode(const std::string& path, const std::string& build_id,
             const std::string& debug_directory = kDebugDirectory);

  // The functions that the virtual address is in: inlined calls first, then the function that they were inlined into.
  // Empty where nothing is known.
  std::vector<CodeName> At(uint64_t virtual_address) const;

 private:
  struct End {
    void operator()(Dwfl* dwfl) const { dwfl_end(dwfl); }
  };

  void Report(const std::string& file);
  std::vector<CodeName> FromDwarf(Dwarf_Addr address) const;
  std::vector<CodeName> FromSymbols(Dwarf_Addr address) const;
  void SetLine(Dwarf_Addr address, CodeName* name) const;

  std::unique_ptr<Dwfl, End> dwfl_;
  Dwfl_Module* module_ = nullptr;
  Dwarf_Addr bias_ = 0;  // of libdw's addresses over virtual ones
};

}  // namespace headroom

#endif  // HEADROOM_DEBUGINFO_MODULE_CODE_H_
