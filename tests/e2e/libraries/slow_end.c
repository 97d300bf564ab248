/* Ends after the agent, when it is preloaded behind it, and takes its time over it. */
#include <unistd.h>

__attribute__((destructor)) static void End(void) { usleep(300 * 1000); }
