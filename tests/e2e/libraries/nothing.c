/* A library that does nothing: what loading any library costs. */
static int nothing;
int HeadroomTestNothing(void) { return nothing; }
