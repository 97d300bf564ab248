#include <signal.h>

#include <filesystem>
#include <memory>
#include <utility>

#include "cli/command.h"
#include "serve/exporter.h"
#include "serve/http_server.h"
#include "serve/listen_address.h"

namespace headroom {
namespace {

struct ServeOptions {
  std::string listen = "127.0.0.1:9797";
  std::vector<std::string> directories;
};

// Blocked before any thread begins, so that all of them come to the loop below.
sigset_t BlockEndingSignals() {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigprocmask(SIG_BLOCK, &ending, nullptr);
  signal(SIGPIPE, SIG_IGN);  // NOLINT: a client that went away is no reason to end
  return ending;
}

int Serve(const ServeOptions& options) {
  for (const std::string& directory : options.directories) {
    if (std::filesystem::is_directory(directory)) continue;
    PrintMessage(directory + ": there is no such directory");
    return kExitUnreadable;
  }
  const sigset_t ending = BlockEndingSignals();
  ListeningSocket socket = Listen(options.listen);
  if (!socket.error.empty()) {
    PrintMessage("cannot listen on " + options.listen + ": " + socket.error);
    return kExitWrongUsage;
  }
  Exporter exporter(options.directories);
  HttpServer server(std::move(socket.fd), [&exporter](const HttpRequest& request) { return exporter.Answer(request); });
  if (!server.is_running()) {
    PrintMessage("cannot serve on " + socket.address + ": no thread can be started");
    return kExitWrongUsage;
  }
  PrintMessage("serving http://" + socket.address + "/ (end with SIGTERM)");
  const timespec second = {1, 0};
  while (sigtimedwait(&ending, nullptr, &second) < 0) server.CutSlowConnections();
  return kExitNothingFound;
}

}  // namespace

void AddServeCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "serve",
      "Serve what all flight recorders of this host say: /metrics for Prometheus, /debug/pprof/ for go tool "
      "pprof, Parca and their like, a status page, /-/healthy. Nobody is asked for a password: keep it on "
      "loopback, or behind a proxy that asks.");
  auto options = std::make_shared<ServeOptions>();
  command->add_option("--listen", options->listen, "where, with a numeric address; port 0 takes any free one")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str();
  command->add_option("directory", options->directories, "directories of recorders; default: those of RECORDER=auto")
      ->type_name("DIR");
  command->callback([options, &invocation] { invocation.action = [options] { return Serve(*options); }; });
}

}  // namespace headroom
