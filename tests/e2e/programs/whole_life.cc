// Allocates before every constructor (.preinit_array), in constructors, in main, at exit and in destructors.
#include <string>
#include <vector>

#include "program.h"

namespace {

void Allocate() {
  std::vector<std::string> names;
  for (size_t i = 0; i < 500; ++i) names.emplace_back(std::string(i, 'x'));
  AllocateBytes(64 * 1024);
}

void BeforeAll(int, char**, char**) { Allocate(); }
__attribute__((section(".preinit_array"), used)) void (*const before_all)(int, char**, char**) = BeforeAll;

struct FromStartToEnd {
  FromStartToEnd() { Allocate(); }
  ~FromStartToEnd() { Allocate(); }
} from_start_to_end;

}  // namespace

int main() {
  atexit(Allocate);
  LetTheAgentStart();
  Allocate();
  SayDoneAndStay();
}
