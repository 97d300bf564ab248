/* A library whose thread-local variables are large. */
__thread char large[TLS_BYTES];
char* HeadroomTestLarge(void) { return large; }
