/* The same neighbour once more, for both sides of the agent. */
#include "counting_malloc.c"
