/* reuses_code FIRST SECOND: a thousand blocks are kept through the first plug-in, which is unloaded when a line comes; then the second one
 * is loaded, and when another line comes, two thousand are kept through that; "same" when its code came to the same place. */
#define _GNU_SOURCE
#include <dlfcn.h>

#include "program.h"

enum { kBlocks = 1000, kBytes = 100 };

typedef void (*Keep)(size_t);

static void* library;

static Keep Load(const char* path) {
  library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  Keep* keep = library != NULL ? (Keep*)dlsym(library, "PlugIn") : NULL;
  if (keep == NULL) exit(1);
  return *keep;
}

static KEEP_CALL void KeepThrough(Keep keep, int blocks) {
  for (int i = 0; i < blocks; ++i) keep(kBytes);
}

static void SayAndWaitForLine(const char* what) {
  char line[16];
  puts(what);
  fflush(stdout);
  if (read(STDIN_FILENO, line, sizeof line) <= 0) exit(1);
}

int main(int argc, char** argv) {
  LetTheAgentStart();
  const Keep first = Load(argv[argc - 2]);
  KeepThrough(first, kBlocks);
  SayAndWaitForLine("kept");
  dlclose(library);
  const Keep second = Load(argv[argc - 1]);
  SayAndWaitForLine(first == second ? "same" : "elsewhere");
  KeepThrough(second, 2 * kBlocks);
  SayDoneAndStay();
  return 0;
}
