// Where each field of headroom.h stands. A number here never changes within one soname: what is added comes at the end
// of its structure, and gets a line at the end here.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>

#include "headroom/headroom.h"

namespace {

#define AT(Structure, field) offsetof(headroom_##Structure, field)

TEST(Abi, OptionsAreAppendedOnly) {
  EXPECT_EQ((std::array{AT(options, size), AT(options, enable), AT(options, autostart), AT(options, sample_bytes),
                        AT(options, interval), AT(options, limit_bytes), AT(options, warn_within),
                        AT(options, critical_within), AT(options, alarm_sinks), AT(options, recorder),
                        AT(options, knowledge_dir), AT(options, dump_dir), AT(options, dump_interval),
                        AT(options, cpu_budget), AT(options, memory_budget_bytes), AT(options, suppress),
                        AT(options, log_level)}),
            (std::array<size_t, 17>{0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128}));
}

TEST(Abi, AnAlarmsFieldsStayWhereTheyAre) {
  EXPECT_EQ((std::array{AT(alarm, size), AT(alarm, state), AT(alarm, severity), AT(alarm, verdict), AT(alarm, has_end),
                        AT(alarm, id), AT(alarm, function), AT(alarm, label), AT(alarm, limit), AT(alarm, text),
                        AT(alarm, json), AT(alarm, time_s), AT(alarm, onset_s), AT(alarm, growth_bytes_per_s),
                        AT(alarm, eta_s), AT(alarm, live_bytes), AT(alarm, limit_bytes), AT(alarm, available_bytes)}),
            (std::array<size_t, 18>{0, 8, 12, 16, 20, 24, 32, 40, 48, 56, 64, 72, 80, 88, 112, 136, 144, 152}));
}

TEST(Abi, AStatussFieldsStayWhereTheyAre) {
  EXPECT_EQ(
      (std::array{AT(status, size), AT(status, armed), AT(status, alarms), AT(status, tick), AT(status, time_s),
                  AT(status, live_bytes), AT(status, live_samples), AT(status, sites), AT(status, growth_bytes_per_s),
                  AT(status, sample_bytes), AT(status, samples_dropped), AT(status, sites_dropped),
                  AT(status, unwind_failures), AT(status, labels_dropped), AT(status, alarms_dropped),
                  AT(status, suppressed), AT(status, cpu_fraction), AT(status, agent_bytes)}),
      (std::array<size_t, 18>{0, 8, 12, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128}));
}

TEST(Abi, ASitesFieldsStayWhereTheyAre) {
  EXPECT_EQ(
      (std::array{AT(site, size), AT(site, key), AT(site, live_bytes), AT(site, born_bytes), AT(site, died_bytes),
                  AT(site, live_samples), AT(site, born_samples), AT(site, died_samples), AT(site, growth_bytes_per_s),
                  AT(site, label), AT(site, is_mapping), AT(site, depth), AT(site, frames), AT(site, function)}),
      (std::array<size_t, 14>{0, 8, 16, 24, 32, 40, 48, 56, 64, 88, 136, 140, 144, 528}));
}

TEST(Abi, ValuesKeepTheirMeaning) {
  EXPECT_EQ((std::array<int, 11>{HEADROOM_OK, HEADROOM_ALREADY_RUNNING, HEADROOM_NOT_RUNNING, HEADROOM_DISABLED,
                                 HEADROOM_NOT_IN_FRONT, HEADROOM_NO_MEMORY, HEADROOM_NO_THREAD, HEADROOM_PRELOADED,
                                 HEADROOM_BAD_ARGUMENT, HEADROOM_IO_ERROR, HEADROOM_IN_CALLBACK}),
            (std::array{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ((std::array<int, 3>{HEADROOM_FIRING, HEADROOM_UPDATE, HEADROOM_RESOLVED}), (std::array{0, 1, 2}));
  EXPECT_EQ((std::array<int, 4>{HEADROOM_NONE, HEADROOM_NOTICE, HEADROOM_WARNING, HEADROOM_CRITICAL}),
            (std::array{0, 1, 2, 3}));
  EXPECT_EQ((std::array<int, 4>{HEADROOM_LEAK, HEADROOM_FILLING, HEADROOM_RETENTION, HEADROOM_UNATTRIBUTED}),
            (std::array{0, 1, 2, 3}));
}

}  // namespace
