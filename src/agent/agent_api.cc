#include "agent/agent_api.h"

#define HEADROOM_API extern "C" __attribute__((visibility("default")))

using headroom::Api;

HEADROOM_API const headroom::AgentApi* headroom_agent() { return &headroom::OwnTable(); }

namespace headroom {
const AgentApi* (*const first_agent)() = headroom_agent;
}  // namespace headroom

HEADROOM_API const char* headroom_result_text(int result) noexcept {
  switch (result) {
    case HEADROOM_OK:
      return "done";
    case HEADROOM_ALREADY_RUNNING:
      return "an agent runs in this process already";
    case HEADROOM_NOT_RUNNING:
      return "no agent runs in this process";
    case HEADROOM_DISABLED:
      return "HEADROOM_ENABLE=0";
    case HEADROOM_NOT_IN_FRONT:
      return "the program's malloc is not headroom's: link headroom before any other allocator";
    case HEADROOM_NO_MEMORY:
      return "no memory, or the agent's memory budget is used up";
    case HEADROOM_NO_THREAD:
      return "the system starts no further thread";
    case HEADROOM_PRELOADED:
      return "the agent was preloaded and is left running";
    case HEADROOM_BAD_ARGUMENT:
      return "an argument is not what the function takes";
    case HEADROOM_IO_ERROR:
      return "the descriptor cannot be written to";
    case HEADROOM_IN_CALLBACK:
      return "not from within the alarm callback";
    default:
      return "an unknown result";
  }
}

HEADROOM_API const char* headroom_version() noexcept { return Api().version(); }
HEADROOM_API int headroom_start(const headroom_options* options) noexcept { return Api().start(options); }
HEADROOM_API int headroom_stop() noexcept { return Api().stop(); }
HEADROOM_API int headroom_on_alarm(headroom_alarm_callback callback, void* context) noexcept {
  return Api().on_alarm(callback, context);
}
HEADROOM_API int headroom_accept_growth(const char* id) noexcept { return Api().accept_growth(id); }
HEADROOM_API int headroom_get_status(headroom_status* status) noexcept { return Api().status(status); }
HEADROOM_API int headroom_snapshot(headroom_site* sites, size_t capacity, size_t* count) noexcept {
  return Api().snapshot(sites, capacity, count);
}
HEADROOM_API int headroom_write_profile(int fd) noexcept { return Api().write_profile(fd); }
HEADROOM_API size_t headroom_write_metrics(char* buffer, size_t size) noexcept { return Api().write_metrics(buffer, size); }
HEADROOM_API size_t headroom_name_frame(uint64_t address, char* buffer, size_t size) noexcept {
  return Api().name_frame(address, buffer, size);
}
HEADROOM_API uint32_t headroom_set_label(const char* label) noexcept { return Api().set_label(label); }
HEADROOM_API void headroom_restore_label(uint32_t label) noexcept { Api().restore_label(label); }
HEADROOM_API void headroom_report_alloc(const void* block, size_t bytes) noexcept { Api().report_alloc(block, bytes); }
HEADROOM_API void headroom_report_free(const void* block) noexcept { Api().report_free(block); }
HEADROOM_API int headroom_mute_thread(int muted) noexcept { return Api().mute_thread(muted); }
