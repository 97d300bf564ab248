/* A program that needs nothing but libc. */
#include "program.h"

static KEEP_CALL void KeepInC(void) { Used(malloc(100)); }

int main(void) {
  LetTheAgentStart();
  for (int i = 0; i < 10; ++i) KeepInC();
  SayDoneAndStay();
  return 0;
}
