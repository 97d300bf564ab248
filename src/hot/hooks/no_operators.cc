// In libheadroom.a in place of operator_new.cc: the program's own operators stay. libstdc++'s call malloc, which is ours, and when memory is
// gone they run the program's new handler and throw its exception, which from within a static executable nobody else can.
#include "hot/hooks/operator_new.h"

namespace headroom::hot {

void ResolveNextOperators() {}

}  // namespace headroom::hot
