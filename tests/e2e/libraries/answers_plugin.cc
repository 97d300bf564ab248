// programs/answers.cc as a plug-in.
#define main PlugInMain
#include "../programs/answers.cc"

extern "C" int PlugIn(int argc, char** argv) { return PlugInMain(argc, argv); }
