#ifndef HEADROOM_BENCH_ACCURACY_ARGUMENTS_H_
#define HEADROOM_BENCH_ACCURACY_ARGUMENTS_H_

#include <string>

#include "bench/accuracy/run.h"

namespace headroom::lab {

struct Arguments {
  Plan plan;
  bool list_cries = false;
  bool with_lives = false;
  std::string write_directory;  // empty = print only
  std::string smoke_file;       // empty = no comparison
  std::string command;          // as typed
};

// Exits where there is nothing to run: --help, or a wrong option, which is named.
Arguments ParseArguments(int argc, char** argv);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_ARGUMENTS_H_
